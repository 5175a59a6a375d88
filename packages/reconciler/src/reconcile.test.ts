import { describe, expect, it, vi } from 'vitest';

import { createWorld, KEYS, settledWorld } from './testing/world.js';

describe('from nothing to in sync', () => {
  it('makes key pair, networks, machine and page, and every object is in sync', async () => {
    const world = await settledWorld();

    expect(Object.values(KEYS).map((key) => world.store.state(key))).toEqual(Array(4).fill('IN_SYNC'));
    expect([...world.compute.networkSpecs.keys()]).toEqual(['nat', 'slice-2-private']);
    expect(world.compute.created).toEqual(['mysite_one-3']);
    expect(world.configurator.jobs.map((job) => job.unsafe)).toEqual([{ tenant_message: 'Hello' }]);
  });

  it('moves a private network whose subnet another installation has', async () => {
    const world = createWorld();
    world.compute.takenSubnets.add('10.0.2.0/24').add('10.0.3.0/24');

    await world.settle();

    expect(world.compute.networkSpecs.get('slice-2-private')?.subnet).toBe('10.0.4.0/24');
    expect(world.compute.machines.get('mysite_one-3')?.spec.networks[1]?.address).toBe('10.0.4.2');
  });

  it('fails with the reason when the nat network is taken', async () => {
    const world = createWorld();
    world.compute.takenSubnets.add('10.11.0.0/16');

    await world.settle();

    expect(world.store.row(KEYS.slice).lastError).toMatch(/^cannot create network: 10.11.0.0\/16 overlaps/);
  });

  it('lets the synchronizer and the users into the machine', async () => {
    const world = await settledWorld();

    const machine = world.compute.machines.get('mysite_one-3');
    expect(machine?.spec.authorizedKeys).toEqual(['ssh-ed25519 user', 'ssh-ed25519 service']);
  });

  it('connects with the host key of the machine that was made', async () => {
    const world = await settledWorld();

    expect(world.configurator.jobs[0]?.target).toMatchObject({
      host: '10.11.1.2',
      port: 22,
      hostKey: 'ssh-ed25519 host-1',
    });
  });

  it('does nothing more once everything is in sync', async () => {
    const world = await settledWorld();

    const again = await Promise.all(Object.values(KEYS).map((key) => world.run(key)));

    expect(again).toEqual(Array(4).fill({ kind: 'idle', why: 'settled' }));
    expect(world.configurator.jobs).toHaveLength(1);
  });

  it('has nothing to do for an object that is gone', async () => {
    const world = createWorld();

    expect(await world.run('tenant-99')).toEqual({ kind: 'idle', why: 'gone' });
  });
});

describe('waiting', () => {
  it('is waiting, not failing, while there is no engine, and says what to do', async () => {
    const world = createWorld();
    world.compute.setReadiness({ ready: false, reason: 'No container engine was found; install one.' });

    await world.settle();

    expect(world.store.state(KEYS.instance)).toBe('WAITING');
    expect(world.store.row(KEYS.tenant).waitingFor).toBe(
      'waiting for the instance mysite_one-3: No container engine was found; install one.',
    );
    expect(world.store.row(KEYS.tenant).lastError).toBeNull();
  });

  it('goes on by itself when the engine comes', async () => {
    const world = createWorld();
    world.compute.setReadiness({ ready: false, reason: 'no engine' });
    await world.settle();

    world.compute.setReadiness({ ready: true });
    world.store.passTime(5000);
    await world.settle();

    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('shows the progress of an image that is being built, in the tenant too', async () => {
    const world = createWorld();
    world.compute.setImageReadiness({ ready: false, reason: 'not built' });

    await world.settle();

    expect(world.store.row(KEYS.tenant).waitingFor).toBe(
      'waiting for the instance mysite_one-3: instance image is being built: starting',
    );
  });

  it('names the instance as the blocker of its tenant', async () => {
    const world = createWorld();

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant).waitingOn).toBe(KEYS.instance);
  });

  it('wakes the tenant when its instance is done', async () => {
    const world = createWorld();
    await world.run(KEYS.service);
    await world.run(KEYS.slice);
    await world.run(KEYS.tenant);
    world.hints.length = 0;

    await world.run(KEYS.instance);

    expect(world.hints).toContain(KEYS.tenant);
    expect(await world.run(KEYS.tenant)).toMatchObject({ kind: 'synced' });
  });

  it('takes no lease to find out that it has to wait', async () => {
    const world = createWorld();
    const takeLease = vi.spyOn(world.store, 'takeLease');

    await world.run(KEYS.tenant);

    expect(takeLease).not.toHaveBeenCalled();
  });
});

describe('an edit', () => {
  it('is applied', async () => {
    const world = await settledWorld();

    world.store.setMessage('Good bye');
    await world.settle();

    expect(world.configurator.jobs.at(-1)?.unsafe).toEqual({ tenant_message: 'Good bye' });
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('without a change runs the playbook again', async () => {
    const world = await settledWorld();

    world.store.edit(KEYS.tenant);
    await world.settle();

    expect(world.configurator.jobs).toHaveLength(2);
  });

  it('made during the run stays pending and is applied by the next one', async () => {
    const world = createWorld();
    world.configurator.during(() => {
      if (world.configurator.jobs.length === 1) world.store.setMessage('second');
      return Promise.resolve();
    });
    await world.run(KEYS.service);
    await world.run(KEYS.slice);
    await world.run(KEYS.instance);

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({ generation: 2, enactedGeneration: 1 });
    expect(world.store.state(KEYS.tenant)).toBe('PENDING');

    await world.settle();

    expect(world.configurator.jobs.map((job) => job.unsafe['tenant_message'])).toEqual(['Hello', 'second']);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('made during a run that fails is not postponed by that failure', async () => {
    const world = await settledWorld();
    world.configurator.results.push({
      outcome: 'failed',
      stats: {},
      failures: [{ host: 'x', message: 'boom' }],
    });
    world.configurator.during(() => {
      world.configurator.during(() => Promise.resolve());
      world.store.setMessage('third');
      return Promise.resolve();
    });
    world.store.setMessage('second');

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({
      nextAttemptAt: null,
      lastError: null,
      attempts: 0,
      lease: null,
    });
  });

  it('of the playbook makes the tenants of the service pending', async () => {
    const world = await settledWorld();
    world.configurator.editPlaybook('exampletenant_playbook.yaml', 'second version');

    await world.run(KEYS.tenant);

    expect(world.configurator.jobs).toHaveLength(2);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('of a service setting runs on all its tenants', async () => {
    const world = await settledWorld();

    world.store.setLoginUser('admin');
    await world.run(KEYS.service);

    expect(world.store.state(KEYS.tenant)).toBe('PENDING');
    expect(world.hints).toContain(KEYS.tenant);

    await world.settle();

    expect(world.configurator.jobs.at(-1)?.target.user).toBe('admin');
  });
});

describe('failures', () => {
  const boom = {
    outcome: 'failed' as const,
    stats: {},
    failures: [{ host: 'x', task: 'install apache2', message: 'no network' }],
  };

  it('says which task failed and why, and tries again after 2 s, then 4 s', async () => {
    const world = await settledWorld();
    world.configurator.results.push(boom, boom);
    world.store.edit(KEYS.tenant);

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({
      lastError: 'exampletenant_playbook.yaml failed: install apache2: no network',
      attempts: 1,
      nextAttemptAt: 2000,
    });
    expect(await world.run(KEYS.tenant)).toEqual({ kind: 'idle', why: 'not due' });

    world.store.passTime(2000);
    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({ attempts: 2, nextAttemptAt: 6000 });
  });

  it('clears the error and the count with the first success', async () => {
    const world = await settledWorld();
    world.configurator.results.push(boom);
    world.store.edit(KEYS.tenant);
    await world.run(KEYS.tenant);

    world.store.passTime(2000);
    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({ lastError: null, attempts: 0, nextAttemptAt: null });
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('tries again at the sync interval of a service without back-off', async () => {
    const world = await settledWorld();
    world.store.setBackoff(false);
    world.configurator.results.push(boom);
    world.store.edit(KEYS.tenant);

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant).nextAttemptAt).toBe(30_000);
  });

  it('takes a new machine that does not answer yet as something to wait for', async () => {
    const world = await settledWorld();
    world.configurator.results.push({
      outcome: 'unreachable',
      stats: {},
      failures: [{ host: 'x', message: 'refused' }],
    });
    world.store.edit(KEYS.tenant);

    await world.run(KEYS.tenant);

    expect(world.store.state(KEYS.tenant)).toBe('WAITING');
  });

  it('turns an exception of the playbook engine into an error of the tenant', async () => {
    const world = await settledWorld();
    world.configurator.during(() => Promise.reject(new Error('cannot parse the playbook')));
    world.store.edit(KEYS.tenant);

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({
      lastError: 'cannot parse the playbook',
      lease: null,
    });
    expect(world.runs.runs.at(-1)?.end).toMatchObject({
      outcome: 'FAILED',
      summary: 'cannot parse the playbook',
    });
  });
});
