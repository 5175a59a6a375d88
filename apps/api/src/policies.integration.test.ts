import { Run } from '@tenon/model/entities/run';
import { RunEvent } from '@tenon/model/entities/run-event';
import { Service } from '@tenon/model/entities/service';
import { Tenant } from '@tenon/model/entities/tenant';
import { newRow } from '@tenon/model/new-row';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PATIENCE } from './testing/patience.js';
import type { TestClient } from './testing/test-client.js';
import { startTestApi } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

const MESSAGE = 'of nobody else’s business';

/** Every type whose rows belong to somebody, with what its list of the victim's rows is told apart by. */
const OWNED = [
  'Slice',
  'Instance',
  'SitePrivilege',
  'SlicePrivilege',
  'ServicePrivilege',
  'Network',
  'Port',
  'Run',
  'Service',
  'Tenant',
  'ExampleService',
  'ExampleTenant',
] as const;

let api: TestApi;
let admin: TestClient;
let stranger: TestClient & { id: number };
let victim: TestClient & { id: number };
let ids: Record<'service' | 'slice' | 'tenant' | 'instance' | 'run', number>;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signIn();
  stranger = await api.addUser('stranger@example.org');
  victim = await api.addUser('victim@example.org');
  ids = await addVictimsRows();
});
afterAll(() => api.stop());

/** Everything of somebody: a service with a slice and a tenant, privileges, a run with its output. */
async function addVictimsRows() {
  const { createExampleService: service } = await admin.ask<{
    createExampleService: { id: number; slices: { id: number }[] };
  }>(
    `mutation { createExampleService(input: {
       name: "Secret", versionNumber: "1", slices: [{ name: "mysite_secret", siteId: 1 }] }) { id slices { id } } }`,
  );
  const slice = service.slices[0]?.id ?? 0;
  const grant = (type: string, input: object) =>
    admin.ask(`mutation ($input: Create${type}Input!) { create${type}(input: $input) { id } }`, { input });
  await grant('SlicePrivilege', { userId: victim.id, sliceId: slice, role: 'admin' });
  await grant('ServicePrivilege', { userId: victim.id, serviceId: service.id, role: 'admin' });
  await grant('SitePrivilege', { userId: victim.id, siteId: 1, role: 'tech' });
  const { createExampleTenant: tenant } = await victim.ask<{
    createExampleTenant: { id: number; instance: { id: number } };
  }>(
    'mutation ($message: String!) { createExampleTenant(input: { tenantMessage: $message }) { id instance { id } } }',
    { message: MESSAGE },
  );
  const run = await addRun(tenant.id, service.id);
  return { service: service.id, slice, tenant: tenant.id, instance: tenant.instance.id, run };
}

async function addRun(tenantId: number, serviceId: number): Promise<number> {
  const em = forPrincipal(api.app.orm, SYSTEM);
  const run = newRow(Run, {
    objectKey: `tenant-${tenantId}`,
    objectLabel: 'secret',
    tenant: em.getReference(Tenant, tenantId),
    service: em.getReference(Service, serviceId),
    playbook: 'x.yaml',
    trigger: 'edit',
    objectGeneration: 1,
    startedAt: new Date(),
    outcome: 'RUNNING',
  });
  em.persist(run);
  const event = { run, sequence: 1, at: new Date(), kind: 'result', detail: { stdout: MESSAGE } };
  em.persist(Object.assign(new RunEvent(), event));
  await em.flush();
  return run.id;
}

const plural = (type: string) => {
  const description = api.app.descriptions.find(({ name }) => name === type);
  if (description === undefined) throw new Error(`there is no type ${type}`);
  return description.plural;
};
const single = (type: string) => type.charAt(0).toLowerCase() + type.slice(1);

interface List {
  items: { id: number }[];
  totalCount: number;
}

describe('a user without privileges', () => {
  it.each(OWNED)('sees no %s: in lists, counts and by id', async (type) => {
    const { list: all } = await admin.ask<{ list: List }>(
      `{ list: ${plural(type)} { items { id } totalCount } }`,
    );
    const { list } = await stranger.ask<{ list: List }>(
      `{ list: ${plural(type)} { items { id } totalCount } }`,
    );
    const one = await stranger.ask(`query ($id: Int!) { one: ${single(type)}(id: $id) { id label } }`, {
      id: all.items[0]?.id,
    });

    // The administrator sees it, so that this test means something.
    expect(all.items.length).toBeGreaterThan(0);
    expect(list).toEqual({ items: [], totalCount: 0 });
    expect(one).toEqual({ one: null });
  });

  it('sees no user but himself', async () => {
    expect(await stranger.ask('{ users { items { email } totalCount } }')).toEqual({
      users: { items: [{ email: 'stranger@example.org' }], totalCount: 1 },
    });
  });

  it('learns nothing by filters and sorts', async () => {
    const filters = [
      ['exampleTenants', 'ExampleTenantFilter', { tenantMessage: MESSAGE }],
      ['exampleTenants', 'ExampleTenantFilter', { providerId: ids.service }],
      ['slices', 'SliceFilter', { q: 'secret' }],
      ['runs', 'RunFilter', { ids: [ids.run] }],
    ] as const;
    for (const [list, type, filter] of filters) {
      const answer = await stranger.ask<{ list: List }>(
        `query ($filter: ${type}) { list: ${list}(filter: $filter, sort: [{ field: "id", order: DESC }]) { totalCount items { id } } }`,
        { filter },
      );
      expect(answer.list).toEqual({ items: [], totalCount: 0 });
    }
  });

  it('sees no relation that leads to something of another', async () => {
    const answer = await stranger.ask('{ sites { items { name } } nodes { items { site { name } } } }');
    const text = JSON.stringify(answer);

    expect(text).toContain('mysite');
    expect(text).not.toMatch(/secret|victim/);
  });

  it.each([
    ['ExampleTenant', 'tenant', '{ tenantMessage: "mine" }'],
    ['Slice', 'slice', '{ description: "mine" }'],
    ['ExampleService', 'service', '{ name: "mine" }'],
  ] as const)('can neither change nor delete a %s, nor learn that it exists', async (type, key, input) => {
    const id = ids[key];

    const update = await stranger.fail(
      `mutation ($id: Int!) { update${type}(id: $id, input: ${input}) { id } }`,
      { id },
    );
    const remove = await stranger.fail(`mutation ($id: Int!) { delete${type}(id: $id) }`, { id });
    const impact = await stranger.fail(`query ($id: Int!) { deletionImpact(type: "${type}", id: $id) }`, {
      id,
    });
    const sync = await stranger.fail(`mutation ($id: Int!) { syncNow(type: "${type}", id: $id) }`, { id });

    for (const error of [update, remove, impact, sync]) expect(error.extensions.code).toBe('NOT_FOUND');
  });

  it('gets the same answer for naming something of another in a form as for what does not exist', async () => {
    const create =
      'mutation ($input: CreateExampleTenantInput!) { createExampleTenant(input: $input) { id } }';
    const owner = await api.addUser('owner@example.org');
    const own = await admin.ask<{ createExampleService: { slices: { id: number }[] } }>(
      `mutation { createExampleService(input: {
         name: "Own", versionNumber: "1", slices: [{ name: "mysite_own", siteId: 1 }] }) { slices { id } } }`,
    );
    await admin.ask(
      'mutation ($input: CreateSlicePrivilegeInput!) { createSlicePrivilege(input: $input) { id } }',
      {
        input: { userId: owner.id, sliceId: own.createExampleService.slices[0]?.id, role: 'access' },
      },
    );
    const answers = [];
    for (const providerId of [ids.service, 4711]) {
      answers.push(await owner.fail(create, { input: { tenantMessage: 'x', providerId } }));
    }

    expect(answers[0]?.extensions.fields).toEqual({ providerId: ['There is no such provider service.'] });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('gets no event of a run that he may not see', async () => {
    const query = `subscription { runEvents(runId: ${ids.run}) { sequence detail } }`;
    const his = stranger.subscribe(query, 'runEvents');
    const hers = victim.subscribe<{ sequence: number }>(query, 'runEvents');
    await expect.poll(() => hers.events, PATIENCE).toEqual([{ sequence: 1, detail: { stdout: MESSAGE } }]);

    const em = forPrincipal(api.app.orm, SYSTEM);
    const event = {
      run: em.getReference(Run, ids.run),
      sequence: 2,
      at: new Date(),
      kind: 'result',
      detail: null,
    };
    em.persist(Object.assign(new RunEvent(), event));
    await em.flush();
    await expect.poll(() => hers.events.map(({ sequence }) => sequence), PATIENCE).toEqual([1, 2]);

    expect(his.events).toEqual([]);
    await his.stop();
    await hers.stop();
  });

  it('is offered nothing', async () => {
    const { me } = await stranger.ask<{
      me: { can: { resource: string; create: boolean; delete: boolean }[] };
    }>('{ me { can { resource create delete } } }');

    expect(me.can.filter((can) => can.create || can.delete)).toEqual([]);
  });

  it('cannot make anything', async () => {
    const error = await stranger.fail(
      'mutation { createSlice(input: { name: "mysite_mine", siteId: 1 }) { id } }',
    );

    expect(error.extensions.code).toBe('FORBIDDEN');
  });
});

describe('somebody with a privilege', () => {
  it('sees what it shows, and null where a row refers to what it does not', async () => {
    const member = await api.addUser('member@example.org');
    await admin.ask(
      'mutation ($input: CreateSlicePrivilegeInput!) { createSlicePrivilege(input: $input) { id } }',
      {
        input: { userId: member.id, sliceId: ids.slice, role: 'access' },
      },
    );

    const answer = await member.ask(
      'query ($id: Int!) { slice(id: $id) { name creator { email } service { name } can { update delete } } }',
      { id: ids.slice },
    );

    expect(answer).toEqual({
      slice: {
        name: 'mysite_secret',
        creator: null,
        service: { name: 'Secret' },
        can: { update: false, delete: false },
      },
    });
  });

  it('is told that he may not change what he sees', async () => {
    const member = await api.signIn('member@example.org');

    const error = await member.fail(
      'mutation ($id: Int!) { updateSlice(id: $id, input: { description: "x" }) { id } }',
      {
        id: ids.slice,
      },
    );

    expect(error.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a read-only administrator', () => {
  it('sees everything and changes nothing', async () => {
    const reader = await api.addUser('reader@example.org', { isAdmin: true, isReadonly: true });

    const { exampleTenants } = await reader.ask<{ exampleTenants: List }>(
      '{ exampleTenants { items { id } totalCount } }',
    );
    const error = await reader.fail('mutation ($id: Int!) { deleteExampleTenant(id: $id) }', {
      id: ids.tenant,
    });
    const reset = await reader.fail('mutation { resetPassword(userId: 1, password: "something new") }');

    expect(exampleTenants.totalCount).toBe(1);
    expect(error.extensions.code).toBe('FORBIDDEN');
    expect(reset.extensions.code).toBe('FORBIDDEN');
  });
});

describe('somebody who is not signed in', () => {
  it.each([
    '{ sites { totalCount } }',
    '{ installation { id } }',
    'mutation { syncNow(type: "Slice", id: 1) }',
  ])('gets nothing from %s', async (query) => {
    const error = await api.anonymous().fail(query);

    expect(error.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('what is never shown', () => {
  it('has no place in the schema', async () => {
    const { __schema } = await admin.ask<{
      __schema: { types: { name: string; fields: { name: string }[] | null }[] };
    }>('{ __schema { types { name fields { name } inputFields { name } } } }');

    expect(JSON.stringify(__schema)).not.toMatch(/passwordHash|privateKey|tokenHash/);
    expect(__schema.types.map(({ name }) => name)).not.toContain('Session');
  });
});
