import type { Row } from '@tenon/model/entities/row';
import { Slice } from '@tenon/model/entities/slice';
import { coreEntities } from '@tenon/model/core-entities';
import type { EntityDescription } from '@tenon/model/entity-description';
import { createTestInstallation, type TestInstallation } from '@tenon/model/testing/installation';
import {
  PageService,
  PageTenant,
  pages,
  pageServiceDescription,
  pageTenantDescription,
} from '@tenon/model/testing/pages/pages';
import { createRow, deleteRow, updateRow } from '@tenon/model/write';
import type { ServicePackage } from '@tenon/service-kit/define-service';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { storeContract } from './contract/store-contract.js';
import type { StoredFacts, StoreWorld } from './contract/store-world.js';
import { keyOf, type ObjectKey, parseKey } from './object-key.js';
import { createStore } from './store.js';
import { createRunLog } from './store/run-log.js';
import { createSweepStore } from './store/sweep-store.js';

const page: ServicePackage = {
  name: 'pages',
  kind: 'page',
  verboseName: 'Page Service',
  verboseNamePlural: 'Page Services',
  tenantVerboseName: 'Page Tenant',
  tenantVerboseNamePlural: 'Page Tenants',
  service: pageServiceDescription,
  tenant: pageTenantDescription,
  resolvers: [],
  migrationsPath: pages.migrationsPath,
  sync: {
    playbook: 'page.yaml',
    variables: (tenant) => ({ tenant_message: tenant instanceof PageTenant ? tenant.message : null }),
  },
};

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createTestInstallation([pages]);
});
afterAll(() => installation.close());

/** Through the same functions as the api, so that rules and generations are the real ones. */
async function createWorld(): Promise<StoreWorld> {
  const { orm } = installation;
  await installation.sql(
    'truncate run, run_event, tenant, instance, slice, service restart identity cascade',
  );
  const sliceDescription = descriptionOf(Slice);
  const service = await createRow(
    installation.as(),
    pageServiceDescription,
    (row) => void Object.assign(row, { name: 'one', versionNumber: '1' }),
  );
  const slice = await createRow(installation.as(), sliceDescription, (row, em) => {
    Object.assign(row, {
      name: 'mysite_one',
      // By name: this package does not import the class of a site.
      site: em.getReference('Site' as never, 1 as never),
      service: em.getReference(PageService, service.row.id),
    });
  });
  const tenant = await createRow(
    installation.as(),
    pageTenantDescription,
    (row) => void Object.assign(row, { message: 'Hello' }),
  );
  const keys = {
    service: keyOf('service', service.row.id),
    slice: keyOf('slice', slice.row.id),
    instance: keyOf('instance', tenant.row.instance?.id ?? 0),
    tenant: keyOf('tenant', tenant.row.id),
  };
  const rowOf = (key: ObjectKey) => parseKey(key) ?? expect.fail();
  const set = async (key: ObjectKey, assignment: string) => {
    const { type, id } = rowOf(key);
    await installation.sql(`update ${type} set ${assignment} where id = ? returning id`, [id]);
  };
  return {
    store: createStore(orm, [page]),
    sweep: createSweepStore(orm, () => 'page.yaml'),
    keys,
    edit: async (key) => {
      expect(rowOf(key).type).toBe('tenant');
      await updateRow(installation.as(), pageTenantDescription, {
        id: rowOf(key).id,
        fill: (row) => void (row.message += '!'),
      });
    },
    markDeleting: async (key) => {
      if (rowOf(key).type === 'tenant')
        await deleteRow(installation.as(), pageTenantDescription, rowOf(key).id);
      else await set(key, 'deleting_since = now()');
    },
    pause: (key) => set(key, `paused_reason = 'the service is disabled'`),
    expireLease: (key) => set(key, `lease_until = now() - interval '1 second'`),
    facts: async (key) => {
      const { type, id } = rowOf(key);
      const rows = await installation.sql<StoredFacts>(
        `select generation, enacted_generation as "enactedGeneration", enacted_inputs as "enactedInputs",
           enacted_on as "enactedOn", last_error as "lastError", attempts, waiting_for as "waitingFor",
           waiting_on as "waitingOn", blocked_reason as "blockedReason", sync_state as "syncState"
         from ${type} where id = ?`,
        [id],
      );
      return rows[0] ?? null;
    },
  };
}

function descriptionOf<T extends Row>(entity: new () => T): EntityDescription<T> {
  const found = coreEntities.find((description) => description.entity === entity);
  // The list forgets which class each description is of; it was found by that class.
  return (found ?? expect.fail()) as unknown as EntityDescription<T>;
}

describe('the store on PostgreSQL', () => {
  storeContract(createWorld);
});

describe('what only PostgreSQL can show', () => {
  let world: StoreWorld;
  beforeEach(async () => {
    world = await createWorld();
  });

  it('takes a lease once although many want it at the same moment', async () => {
    const wanted = Array.from({ length: 20 }, (_, index) =>
      world.store.takeLease(world.keys.tenant, 1, { owner: `worker-${index}`, ttlMs: 60_000 }),
    );

    expect((await Promise.all(wanted)).filter((taken) => taken)).toHaveLength(1);
  });

  it('stores the private key of a service encrypted', async () => {
    await world.store.recordKeyPair(world.keys.service, {
      privateKey: 'very secret',
      publicKey: 'ssh-ed25519 PUBLIC',
    });

    const [row] = await installation.sql<{ private_key: string }>('select private_key from service');

    expect(row?.private_key).toMatch(/^v1:/);
    expect(await world.store.load(world.keys.service)).toMatchObject({ hasKeyPair: true });
  });

  it('gives the variables of a tenant that its service package makes of its own columns', async () => {
    expect(await world.store.load(world.keys.tenant)).toMatchObject({
      playbook: 'page.yaml',
      variables: { tenant_message: 'Hello' },
    });
  });

  it('says what is wrong with a tenant whose service package is gone', async () => {
    const store = createStore(installation.orm, []);

    expect(await store.load(world.keys.tenant)).toMatchObject({
      problem: 'there is no service package of kind page; put it back or delete the tenant',
    });
  });

  it('lets the creator and the members of the slice into the machine, each key once and only while they are active', async () => {
    await installation.sql(`insert into user_account (email, firstname, lastname, site_id, public_key, is_active) values
      ('member@x.org', 'M', 'M', 1, E'ssh-ed25519 MEMBER\nssh-ed25519 SECOND', true),
      ('gone@x.org', 'G', 'G', 1, 'ssh-ed25519 GONE', false),
      ('stranger@x.org', 'S', 'S', 1, 'ssh-ed25519 STRANGER', true) on conflict do nothing returning id`);
    await installation.sql(`insert into slice_privilege (user_id, slice_id, role)
      select user_account.id, slice.id, 'access' from user_account, slice where email in ('member@x.org', 'gone@x.org') returning id`);

    const instance = await world.store.load(world.keys.instance);

    expect(instance).toMatchObject({
      spec: { authorizedKeys: ['ssh-ed25519 AAAA padmin', 'ssh-ed25519 MEMBER', 'ssh-ed25519 SECOND'] },
    });
    await installation.sql(
      `delete from user_account where email in ('member@x.org', 'gone@x.org', 'stranger@x.org') returning id`,
    );
  });

  it('records readiness of the engine only when it changed', async () => {
    const read = () =>
      installation.sql<{ ready: boolean; reason: string | null }>(
        'select engine_ready as ready, engine_reason as reason from installation',
      );

    await world.sweep.recordReadiness({ ready: false, reason: 'no engine' });
    expect(await read()).toEqual([{ ready: false, reason: 'no engine' }]);

    await world.sweep.recordReadiness({ ready: true });
    expect(await read()).toEqual([{ ready: true, reason: null }]);
  });

  it('names the images that machines may be made from', async () => {
    expect(await world.sweep.images()).toEqual(['debian-12']);
  });

  describe('runs', () => {
    const start = (key: ObjectKey) => ({
      objectKey: key,
      objectLabel: 'page-tenant-1',
      tenantId: parseKey(key)?.id ?? 0,
      serviceId: 1,
      playbook: 'page.yaml',
      trigger: 'saved',
      objectGeneration: 1,
    });

    it('are kept with their events, in order, whatever characters those hold', async () => {
      const log = createRunLog(installation.orm);
      const id = await log.open(start(world.keys.tenant));
      await log.append(id, [
        { kind: 'task', at: 1_700_000_000_123, sequence: 1, task: 'first', play: 'all' },
        {
          kind: 'result',
          at: 1_700_000_000_456,
          sequence: 2,
          status: 'ok',
          detail: { stdout: 'a\u0000b ?' },
          message: 'm',
        },
      ]);
      await log.append(id, [{ kind: 'task', at: 1, sequence: 1 }]);
      await log.close(id, { outcome: 'SUCCEEDED', summary: 'succeeded', stats: { one: { ok: 1 } } });

      const events = await installation.sql(
        'select sequence, kind, task, status, detail from run_event order by sequence',
      );
      expect(events).toEqual([
        { sequence: 1, kind: 'task', task: 'first', status: null, detail: { play: 'all' } },
        {
          sequence: 2,
          kind: 'result',
          task: null,
          status: 'ok',
          detail: { stdout: 'a\ufffdb ?', message: 'm' },
        },
      ]);
      expect(
        await installation.sql('select outcome, summary, stats, finished_at > started_at as ended from run'),
      ).toEqual([{ outcome: 'SUCCEEDED', summary: 'succeeded', stats: { one: { ok: 1 } }, ended: true }]);
    });

    it('that a dead worker left open are closed by the next one', async () => {
      const log = createRunLog(installation.orm);
      const first = await log.open(start(world.keys.tenant));
      await log.open(start(world.keys.tenant));
      await log.close(first, { outcome: 'SUCCEEDED', summary: 'too late', stats: {} });

      const runs = await installation.sql('select outcome, summary from run order by id');
      expect(runs).toEqual([
        { outcome: 'CANCELLED', summary: 'the worker stopped before it was done' },
        { outcome: 'RUNNING', summary: null },
      ]);
    });

    it('that nobody works on any more are closed by the sweep, others are not', async () => {
      const { generation } = (await world.store.load(world.keys.tenant))?.facts ?? expect.fail();
      await world.store.takeLease(world.keys.tenant, generation, { owner: 'me', ttlMs: 60_000 });
      await createRunLog(installation.orm).open(start(world.keys.tenant));
      await world.sweep.closeAbandonedRuns();
      expect(await installation.sql('select outcome from run')).toEqual([{ outcome: 'RUNNING' }]);

      await world.expireLease(world.keys.tenant);
      await world.sweep.closeAbandonedRuns();

      expect(await installation.sql('select outcome from run')).toEqual([{ outcome: 'CANCELLED' }]);
    });

    it('are kept up to fifty for one object', async () => {
      const log = createRunLog(installation.orm);
      for (let index = 0; index < 53; index += 1) {
        const id = await log.open(start(world.keys.tenant));
        await log.close(id, { outcome: 'FAILED', summary: `run ${index}`, stats: {} });
      }

      const [count] = await installation.sql<{ count: number; oldest: string }>(
        'select count(*)::int as count, min(id)::int as oldest from run',
      );
      expect(count).toEqual({ count: 51, oldest: 3 });
    });
  });
});
