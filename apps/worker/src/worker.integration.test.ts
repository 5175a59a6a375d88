import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createPlayground, type Playground } from './testing/playground.js';
import { addTenant, type TenantAtWork } from './testing/tenant.js';
import type { Worker } from './worker.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let playground: Playground;
let worker: Worker;
let tenant: TenantAtWork;

beforeAll(async () => {
  playground = await createPlayground();
  worker = await playground.startWorker();
});
afterAll(() => playground.close());

async function until(condition: () => Promise<void>, timeout: number): Promise<void> {
  await vi.waitFor(condition, { timeout, interval: 50 });
}

/** Waits until the tenant is in sync; says why it is not when the time is over. */
async function inSync(who: TenantAtWork, timeout: number): Promise<void> {
  await until(async () => expect(await who.reason()).toBe('IN_SYNC'), timeout);
}

/** In sync with this page, and never in sync with another one on the way there. */
async function served(expected: string, timeout: number): Promise<void> {
  const wrong: string[] = [];
  await until(async () => {
    const state = await tenant.state();
    const page = await tenant.page();
    if (state === 'IN_SYNC' && page !== expected && (await tenant.state()) === 'IN_SYNC') wrong.push(page);
    expect({ state, page }).toEqual({ state: 'IN_SYNC', page: expected });
  }, timeout);
  expect(wrong).toEqual([]);
}

// One life of one tenant: each test goes on where the one before ended.
describe('a tenant on a real machine', () => {
  it('becomes a machine with its message', { timeout: 5 * MINUTE }, async () => {
    tenant = await addTenant(playground, { name: 'one', message: 'Hello from a tenant' });

    await inSync(tenant, 4 * MINUTE);

    expect(await tenant.page()).toBe('Hello from a tenant\n');
    expect(await playground.machines()).toEqual([tenant.instanceName]);
  });

  it('gets a changed message although nobody sent a hint', async () => {
    await tenant.edit('Changed');

    await served('Changed\n', 10 * SECOND);
  });

  it('is configured anew when its playbook is edited', async () => {
    await playground.installation.sql('update service set sync_interval_seconds = 5 returning id');
    await playground.editPlaybook(' (edited)');
    await until(async () => expect(await tenant.state()).not.toBe('IN_SYNC'), 12 * SECOND);

    await served('Changed (edited)\n', 10 * SECOND);
  });

  it('gets a new machine, one only, when somebody removes it by hand', async () => {
    await playground.driver.delete(tenant.instanceName);
    await until(async () => expect(await tenant.state()).not.toBe('IN_SYNC'), 20 * SECOND);

    await inSync(tenant, 20 * SECOND);

    expect(await tenant.page()).toBe('Changed (edited)\n');
    expect(await playground.machines()).toEqual([tenant.instanceName]);
  });

  it('lets a new member of its slice into the machine', async () => {
    const [before] = await playground.driver.list();
    await playground.installation
      .sql(`insert into user_account (email, firstname, lastname, site_id, public_key)
      values ('member@x.org', 'M', 'M', 1, 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVseq member') returning id`);
    await playground.installation.sql(`insert into slice_privilege (user_id, slice_id, role)
      select user_account.id, slice.id, 'access' from user_account, slice where email = 'member@x.org' returning id`);

    await until(async () => {
      const [machine] = await playground.driver.list();
      expect(machine?.keysHash).not.toBe(before?.keysHash);
      expect(machine?.incarnation).toBe(before?.incarnation);
    }, 15 * SECOND);
  });

  it('shows every run with its output, and no private key in any of it', async () => {
    const runs = await playground.installation.sql<{ outcome: string; trigger: string; events: number }>(
      `select outcome, trigger, (select count(*)::int from run_event where run_id = run.id) as events from run order by id`,
    );
    const leaks = await playground.installation.sql(
      `select id from run_event where run_event::text like '%PRIVATE KEY%'`,
    );

    expect(runs.map(({ outcome }) => outcome)).toEqual(runs.map(() => 'SUCCEEDED'));
    expect(runs.map(({ trigger }) => trigger)).toEqual([
      'first time',
      'saved',
      'playbook, settings or keys changed',
      'the machine is new or was away',
    ]);
    expect(Math.min(...runs.map(({ events }) => events))).toBeGreaterThan(3);
    expect(leaks).toEqual([]);
  });

  it('is brought in sync by the next worker when the first one ends in the middle', async () => {
    await tenant.edit('During a change of shifts');
    await worker.stop();

    worker = await playground.startWorker();

    await served('During a change of shifts (edited)\n', 20 * SECOND);
  });

  it('is brought in sync although the database ended every connection in between', async () => {
    await playground.installation
      .sql(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()`)
      .catch(() => undefined);
    await until(() => tenant.edit('After a restart of the database'), 10 * SECOND);

    await served('After a restart of the database (edited)\n', 20 * SECOND);
  });

  it('goes with its machine when it is deleted', async () => {
    await tenant.delete();

    await until(async () => expect(await tenant.state()).toBe('GONE'), 15 * SECOND);

    expect(await playground.machines()).toEqual([]);
  });

  it('leaves slice and service to be deleted, and no network of the slice behind', async () => {
    await playground.installation.sql('update slice set deleting_since = now() returning id');
    await playground.installation.sql('update service set deleting_since = now() returning id');

    await until(async () => {
      const left = await playground.installation.sql('select id from slice union all select id from service');
      expect(left).toEqual([]);
    }, 15 * SECOND);

    expect((await playground.driver.listNetworks()).map(({ key }) => key)).toEqual(['nat']);
  });
});

describe('two workers', () => {
  it('make one machine for each tenant and configure it once', { timeout: 2 * MINUTE }, async () => {
    await playground.startWorker();
    await playground.editPlaybook('');
    const names = ['red', 'green', 'blue', 'black'];

    const tenants = await Promise.all(
      names.map((name) => addTenant(playground, { name, message: `I am ${name}` })),
    );
    await Promise.all(tenants.map((each) => inSync(each, MINUTE)));

    expect(await playground.machines()).toEqual(tenants.map(({ instanceName }) => instanceName).toSorted());
    expect(await Promise.all(tenants.map((each) => each.page()))).toEqual(
      names.map((name) => `I am ${name}\n`),
    );
    const runs = await playground.installation.sql<{ trigger: string }>(
      `select trigger from run where tenant_id in (${tenants.map(({ id }) => id).join(', ')}) and outcome = 'SUCCEEDED'`,
    );
    expect(runs.map(({ trigger }) => trigger)).toEqual(tenants.map(() => 'first time'));
  });

  it('remove a machine that no row owns, and no other', { timeout: 2 * MINUTE }, async () => {
    const [machine] = await playground.driver.list();
    const before = await playground.machines();
    await playground.driver.create({
      name: 'mysite_red-9999',
      owner: 'instance-9999',
      image: 'debian-12',
      flavor: { memoryMib: 128, cpus: 1 },
      networks: [{ key: 'nat', address: `${machine?.addresses[0]?.replace(/\d+\.\d+$/, '') ?? ''}200.2` }],
      authorizedKeys: [],
      loginUser: 'ubuntu',
    });

    await until(async () => expect(await playground.machines()).toEqual(before), MINUTE + 30 * SECOND);
  });
});
