import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { coreEntities, instanceDescription, sliceDescription } from './core-entities.js';
import { Slice } from './entities/slice.js';
import type { Site } from './entities/site.js';
import { ConflictError, NotFoundError } from './errors.js';
import { createOrm } from './orm.js';
import { forPrincipal } from './principal.js';
import { markRuled } from './rules/provenance.js';
import { fill } from './testing/fill.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { PageTenant, pages, pageTenantDescription } from './testing/pages/pages.js';
import { refusalOf } from './testing/refusal.js';
import { World } from './testing/world.js';
import { createRow, deleteRow, syncNow, updateRow } from './write.js';

let installation: TestInstallation;
let world: World;
let site: Site;
let sliceId: number;

const IN_SYNC = `enacted = now(), enacted_generation = generation, enacted_inputs = 'hash', enacted_on = 'machine'`;
const FAILED = `attempts = 3, next_attempt_at = now() + interval '1 hour', last_error = 'boom', waiting_for = 'it',
  waiting_on = 'instance-1', blocked_reason = 'this'`;

const change = (id: number, values: Record<string, unknown>, expectedGeneration?: number) =>
  updateRow(installation.as(), pageTenantDescription, {
    id,
    fill: fill(values),
    ...(expectedGeneration !== undefined && { expectedGeneration }),
  });

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  world = new World(installation);
  site = await world.site('lab');
  const service = await world.service('Pages');
  ({ id: sliceId } = await world.slice('lab_pages', {
    site: site.id,
    service: service.id,
    maxInstances: 100,
  }));
});

afterAll(async () => {
  await installation.close();
});

describe('the generation', () => {
  it('counts a change of a column of the child table, and the row is pending again', async () => {
    const tenant = await world.tenant();
    await installation.sql(`update tenant set ${IN_SYNC} where id = ?`, [tenant.id]);

    const { row } = await change(tenant.id, { message: 'other' });

    expect(row).toMatchObject({ generation: 2, enactedGeneration: 1, syncState: 'PENDING' });
    expect(row.updated.getTime()).toBeGreaterThan(tenant.updated.getTime());
  });

  it('counts a change of a column of the base table', async () => {
    const slice = await world.slice('lab_counted', { site: site.id });

    const { row } = await updateRow(installation.as(), sliceDescription, {
      id: slice.id,
      fill: fill({ maxInstances: 3 }),
    });

    expect(row.generation).toBe(2);
  });

  it('is left alone by what the worker writes', async () => {
    const tenant = await world.tenant();
    const em = installation.asSystem();
    const row = await em.findOneOrFail(PageTenant, { id: tenant.id });

    row.enactedGeneration = 1;
    row.lastError = null;
    await em.flush();

    expect(await installation.sql('select generation from tenant where id = ?', [tenant.id])).toEqual([
      { generation: 1 },
    ]);
  });

  it('differs after two changes at once, so that the worker never takes the second for done', async () => {
    const tenant = await world.tenant();

    const both = await Promise.all([
      change(tenant.id, { message: 'a' }),
      change(tenant.id, { message: 'b' }),
    ]);

    expect(both.map(({ row }) => row.generation).sort()).toEqual([2, 3]);
  });

  it('is counted by the database even when two flushes loaded the same one', async () => {
    const slice = await world.slice('lab_flushed', { site: site.id });
    const ems = [installation.as(), installation.as()];
    const rows = await Promise.all(ems.map((em) => em.findOneOrFail(Slice, { id: slice.id })));

    for (const [index, em] of ems.entries()) {
      const row = rows[index];
      if (row === undefined) throw new Error('no row');
      row.description = `changed by ${index}`;
      markRuled(row);
      await em.flush();
    }

    expect(await installation.sql('select generation from slice where id = ?', [slice.id])).toEqual([
      { generation: 3 },
    ]);
  });
});

describe('an edit', () => {
  it('clears what the worker noted of the last try', async () => {
    const tenant = await world.tenant();
    await installation.sql(`update tenant set ${FAILED} where id = ?`, [tenant.id]);

    const { row } = await change(tenant.id, { message: 'other' });

    expect(row).toMatchObject({
      attempts: 0,
      nextAttemptAt: null,
      lastError: null,
      waitingFor: null,
      waitingOn: null,
      blockedReason: null,
      syncState: 'PENDING',
    });
  });

  it('of an older generation is refused and changes nothing', async () => {
    const tenant = await world.tenant();
    await change(tenant.id, { message: 'first' }, 1);

    const refused = await refusalOf(change(tenant.id, { message: 'second' }, 1));

    expect(refused).toBeInstanceOf(ConflictError);
    expect(refused).toMatchObject({ message: expect.stringContaining('somebody changed it') as string });
    expect(await installation.sql('select message from page_tenant where id = ?', [tenant.id])).toEqual([
      { message: 'first' },
    ]);
  });

  it('one of several at once with the same expected generation wins, the others are refused', async () => {
    const tenant = await world.tenant();

    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((message) => change(tenant.id, { message }, 1)),
    );

    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(ConflictError);
  });

  it('is not in the way of the worker, whose facts do not count as changes', async () => {
    const tenant = await world.tenant();
    await installation.sql(`update tenant set ${IN_SYNC} where id = ?`, [tenant.id]);

    const { row } = await change(tenant.id, { message: 'other' }, 1);

    expect(row.message).toBe('other');
  });

  it('of a row that is not there is refused as of one that may not be seen', async () => {
    expect(await refusalOf(change(999_999, { message: 'x' }))).toBeInstanceOf(NotFoundError);
  });
});

describe('sync now', () => {
  it('is what saving without a change means: it is applied again, and no generation is counted', async () => {
    const tenant = await world.tenant();
    await installation.sql(`update tenant set ${IN_SYNC} where id = ?`, [tenant.id]);

    const { row, hints } = await change(tenant.id, { message: 'hello' });

    expect(row).toMatchObject({ generation: 1, enactedInputs: null, syncState: 'PENDING' });
    expect(hints).toEqual([`tenant-${tenant.id}`]);
  });

  it('forgets the wait after a failure', async () => {
    const slice = await world.slice('lab_again', { site: site.id });
    const instance = await world.instance({ slice: slice.id });
    await installation.sql(`update instance set ${FAILED} where id = ?`, [instance.id]);

    const { row } = await syncNow(installation.as(), instanceDescription, instance.id);

    expect(row).toMatchObject({ attempts: 0, nextAttemptAt: null, syncState: 'PENDING' });
  });

  it('wakes the worker even when there is nothing to forget', async () => {
    const { hints } = await syncNow(installation.as(), sliceDescription, sliceId);

    expect(hints).toEqual([`slice-${sliceId}`]);
  });
});

describe('through the base class', () => {
  const base = coreEntities.find(({ name }) => name === 'Tenant');

  it('a tenant of any package is deleted with its instance', async () => {
    const tenant = await world.tenant();
    if (base === undefined) throw new Error('no Tenant');

    const { hints } = await deleteRow(installation.as(), base, tenant.id);

    expect([...hints].sort()).toEqual([`instance-${String(tenant.instance?.id)}`, `tenant-${tenant.id}`]);
  });

  it('a tenant of a package that was removed is deleted too', async () => {
    const tenant = await world.tenant();
    const without = await createOrm({ databaseUrl: installation.url, secretKey: Buffer.alloc(32, 7) }, []);
    if (base === undefined) throw new Error('no Tenant');

    const { row } = await deleteRow(forPrincipal(without, installation.admin), base, tenant.id);
    await without.close();

    expect(row).toMatchObject({ label: `page-tenant-${tenant.id}`, syncState: 'DELETING' });
  });
});

it('a transaction around several rows stores all of them or none', async () => {
  const em = installation.as();

  const refused = await refusalOf(
    em.transactional(async (tx) => {
      await createRow(tx, sliceDescription, fill({ name: 'lab_both', site: site.id }));
      await createRow(tx, sliceDescription, fill({ name: 'wrong', site: site.id }));
    }),
  );

  expect(refused).toMatchObject({ fields: { name: ['slice name must begin with lab_'] } });
  expect(await installation.sql(`select id from slice where name = 'lab_both'`)).toEqual([]);
});
