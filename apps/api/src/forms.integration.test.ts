import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TestClient } from './testing/test-client.js';
import { startTestApi } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

const CREATE_SERVICE = `mutation ($input: CreateExampleServiceInput!) {
  createExampleService(input: $input) { id label slices { id name site { name } service { id } } } }`;
const CREATE_TENANT = `mutation ($input: CreateExampleTenantInput!) {
  createExampleTenant(input: $input) { id label tenantMessage statusText syncState generation
    provider { name } creator { email } instance { label addresses slice { name } } } }`;
const UPDATE_TENANT = `mutation ($id: Int!, $input: UpdateExampleTenantInput!, $expected: Int) {
  updateExampleTenant(id: $id, input: $input, expectedGeneration: $expected) { generation tenantMessage syncState } }`;

let api: TestApi;
let admin: TestClient;
let serviceId = 0;
let sliceId = 0;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signIn();
});
afterAll(() => api.stop());

interface Created {
  id: number;
  slices: { id: number }[];
}

/** Adds a tenant and answers what of it is asked for. */
async function addTenant(tenantMessage: string) {
  const { createExampleTenant } = await admin.ask<{
    createExampleTenant: { id: number; tenantMessage: string };
  }>(CREATE_TENANT, { input: { tenantMessage } });
  return createExampleTenant;
}

describe('the tutorial through the API', () => {
  it('refuses a tenant while there is no service', async () => {
    const error = await admin.fail(CREATE_TENANT, { input: { tenantMessage: 'too early' } });

    expect(error.extensions.fields).toEqual({
      providerId: ['There is no service of kind exampleservice that you may use.'],
    });
  });

  it('names every wrong field of a service and of its slices, and saves nothing', async () => {
    const input = { name: ' ', slices: [{ name: 'with blank', siteId: 1 }, { name: 'mysite_ok' }] };

    const error = await admin.fail(CREATE_SERVICE, { input });

    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(Object.keys(error.extensions.fields ?? {}).sort()).toEqual([
      'name',
      'slices.0.name',
      'slices.1.siteId',
      'versionNumber',
    ]);
    expect(await admin.ask('{ slices { totalCount } }')).toEqual({ slices: { totalCount: 0 } });
  });

  it.each([
    ['without the prefix of its site', 'other_slice'],
    ['that is only the prefix', 'mysite_'],
  ])('refuses a slice name %s, and the service with it', async (_name, name) => {
    const input = { name: 'MyExample', versionNumber: '1', slices: [{ name, siteId: 1 }] };

    const error = await admin.fail(CREATE_SERVICE, { input });

    expect(Object.keys(error.extensions.fields ?? {})).toEqual(['slices.0.name']);
    expect(await admin.ask('{ exampleServices { totalCount } }')).toEqual({
      exampleServices: { totalCount: 0 },
    });
  });

  it('adds a service with a slice, then a tenant with its instance', async () => {
    const slices = [{ name: 'mysite_exampleservice', siteId: 1 }];
    const { createExampleService } = await admin.ask<{ createExampleService: Created }>(CREATE_SERVICE, {
      input: { name: 'MyExample', versionNumber: '1', slices },
    });
    serviceId = createExampleService.id;
    sliceId = createExampleService.slices[0]?.id ?? 0;
    expect(createExampleService).toMatchObject({
      label: 'MyExample',
      slices: [{ name: 'mysite_exampleservice', site: { name: 'mysite' } }],
    });

    expect(await addTenant('Example Tenant example text')).toMatchObject({
      label: 'exampleservice-tenant-1',
      statusText: 'Pending sync, last_status = 0 - Provisioning in progress',
      syncState: 'PENDING',
      provider: { name: 'MyExample' },
      creator: { email: 'padmin@vicci.org' },
      instance: {
        label: 'uninstantiated-1',
        addresses: [expect.stringMatching(/^10\.11\./), expect.stringMatching(/^10\.0\./)],
        slice: { name: 'mysite_exampleservice' },
      },
    });
  });

  it('shows an error of a field that the form does not have at the form', async () => {
    const limit =
      'mutation ($id: Int!, $max: Int!) { updateSlice(id: $id, input: { maxInstances: $max }) { id } }';
    await admin.ask(limit, { id: sliceId, max: 1 });

    const error = await admin.fail(CREATE_TENANT, { input: { tenantMessage: 'one too many' } });

    expect(error.extensions.fields).toEqual({
      '': [expect.stringContaining('has its maximum of 1 instances')],
    });
    await admin.ask(limit, { id: sliceId, max: 100 });
  });

  it('says what deleting a tenant destroys, and marks it for deletion', async () => {
    const { id } = await addTenant('to be deleted');

    const { deletionImpact } = await admin.ask<{ deletionImpact: string[] }>(
      'query ($id: Int!) { deletionImpact(type: "ExampleTenant", id: $id) }',
      { id },
    );
    await admin.ask('mutation ($id: Int!) { deleteExampleTenant(id: $id) }', { id });

    expect(deletionImpact).toEqual([expect.stringMatching(/^Instance mysite_exampleservice-/)]);
    expect(await admin.ask('query ($id: Int!) { exampleTenant(id: $id) { syncState } }', { id })).toEqual({
      exampleTenant: { syncState: 'DELETING' },
    });
  });

  it('refuses to delete a service that has tenants, with their list', async () => {
    const error = await admin.fail('mutation ($id: Int!) { deleteExampleService(id: $id) }', {
      id: serviceId,
    });

    expect(error.extensions.code).toBe('CONFLICT');
    expect(error.message).toContain('exampleservice-tenant-1');
  });
});

describe('the tenant message', () => {
  it.each([
    ['blanks at both ends', '  x  '],
    ['blanks alone', '   '],
    ['quotes and shell', `"; touch /pwned; # $(id) \`id\` '`],
    ['Jinja', '{{ 7*7 }}'],
    ['a line feed and a backslash', 'a\nb\\n'],
    ['markup', '</script>'],
    ['254 emoji', '😀'.repeat(254)],
  ])('keeps %s exactly', async (_name, message) => {
    expect((await addTenant(message)).tenantMessage).toBe(message);
  });

  it.each([
    ['nothing', ''],
    ['255 characters', 'x'.repeat(255)],
    ['255 emoji', '😀'.repeat(255)],
    ['U+0000', 'a\u0000b'],
    ['a lone surrogate', 'a\uD83D'],
  ])('refuses %s at the field', async (_name, tenantMessage) => {
    const error = await admin.fail(CREATE_TENANT, { input: { tenantMessage } });

    expect(Object.keys(error.extensions.fields ?? {})).toEqual(['tenantMessage']);
  });
});

describe('an edit', () => {
  it('counts the generation and makes the object pending', async () => {
    const { id } = await addTenant('first');

    const answer = await admin.ask(UPDATE_TENANT, { id, input: { tenantMessage: 'second' }, expected: 1 });

    expect(answer).toEqual({
      updateExampleTenant: { generation: 2, tenantMessage: 'second', syncState: 'PENDING' },
    });
  });

  it('of an older state is refused with what it is now', async () => {
    const { id } = await addTenant('first');
    await admin.ask(UPDATE_TENANT, { id, input: { tenantMessage: 'of somebody else' }, expected: 1 });

    const error = await admin.fail(UPDATE_TENANT, { id, input: { tenantMessage: 'mine' }, expected: 1 });

    expect(error.extensions).toEqual({
      code: 'CONFLICT',
      fields: { tenantMessage: ['It is now: "of somebody else"'] },
    });
  });

  it('made twice at once on one state is saved once', async () => {
    const { id } = await addTenant('first');
    const edit = (text: string) =>
      admin.send(UPDATE_TENANT, { id, input: { tenantMessage: text }, expected: 1 });

    const answers = await Promise.all([edit('a'), edit('b')]);

    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code).sort()).toEqual(['CONFLICT', undefined]);
  });

  it('without a change leaves the generation as it is', async () => {
    const { id } = await addTenant('same');

    const answer = await admin.ask(UPDATE_TENANT, { id, input: { tenantMessage: 'same' } });

    expect(answer).toMatchObject({ updateExampleTenant: { generation: 1 } });
  });

  it('of what does not exist says so', async () => {
    const error = await admin.fail(UPDATE_TENANT, { id: 4711, input: {} });

    expect(error.extensions.code).toBe('NOT_FOUND');
  });
});

describe('a list', () => {
  const LIST = `query ($filter: SliceFilter, $sort: [SortInput!], $page: Int, $perPage: Int) {
    slices(filter: $filter, sort: $sort, page: $page, perPage: $perPage) { items { name } totalCount } }`;
  const names = async (variables: object) => {
    const { slices } = await admin.ask<{ slices: { items: { name: string }[]; totalCount: number } }>(
      LIST,
      variables,
    );
    return [slices.items.map(({ name }) => name), slices.totalCount];
  };
  beforeAll(async () => {
    for (const name of ['mysite_c', 'mysite_a', 'mysite_b%']) {
      await admin.ask('mutation ($input: CreateSliceInput!) { createSlice(input: $input) { id } }', {
        input: { name: name.replace('%', '-x'), siteId: 1 },
      });
    }
  });

  it('is sorted, paged and counted', async () => {
    const sort = [{ field: 'name', order: 'DESC' }];

    expect(await names({ sort, filter: { serviceId: null }, perPage: 2 })).toEqual([
      ['mysite_c', 'mysite_b-x'],
      3,
    ]);
    expect(await names({ sort, filter: { serviceId: null }, perPage: 2, page: 2 })).toEqual([
      ['mysite_a'],
      3,
    ]);
  });

  it('is filtered by text, column, reference and ids', async () => {
    expect(await names({ filter: { q: 'MYSITE_B' } })).toEqual([['mysite_b-x'], 1]);
    expect(await names({ filter: { q: '%' } })).toEqual([[], 0]);
    expect(await names({ filter: { name: 'mysite_a' } })).toEqual([['mysite_a'], 1]);
    expect(await names({ filter: { siteId: 1, ids: [sliceId] } })).toEqual([['mysite_exampleservice'], 1]);
    expect(await names({ filter: { siteId: 4711 } })).toEqual([[], 0]);
    expect(await names({ filter: { q: 'mysite_a', syncState: ['IN_SYNC'] } })).toEqual([[], 0]);
  });

  it.each([
    ['an unknown column', { sort: [{ field: 'passwordHash' }] }, 'sort'],
    ['a reference', { sort: [{ field: 'site' }] }, 'sort'],
    ['page 0', { page: 0 }, 'page'],
    ['pages of 100000', { perPage: 100_000 }, 'perPage'],
  ])('does not go by %s', async (_name, variables, field) => {
    const error = await admin.fail(LIST, variables);

    expect(Object.keys(error.extensions.fields ?? {})).toEqual([field]);
  });
});
