import { describe, expect, it, vi } from 'vitest';

import { withLease } from './lease.js';
import { createWorld, KEYS, settledWorld } from './testing/world.js';

describe('one machine, whatever happens', () => {
  it('finds the machine again that was made just before a crash', async () => {
    const world = createWorld();
    world.compute.afterCreate(() => {
      throw new Error('the worker lost its connection');
    });
    await world.settle();
    expect(world.store.row(KEYS.instance)).toMatchObject({
      lastError: 'the worker lost its connection',
      enactedOn: null,
    });

    world.store.passTime(3000);
    await world.settle();

    expect(world.compute.created).toEqual(['mysite_one-3']);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('stores the intent before the machine is made', async () => {
    const world = createWorld();
    const stored: unknown[] = [];
    world.compute.afterCreate(() => stored.push(world.store.row(KEYS.instance).enactedInputs));

    await world.settle();

    expect(stored).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('configures the new machine when the old one vanished', async () => {
    const world = await settledWorld();
    world.compute.machines.clear();
    await world.store.loseMachine(KEYS.instance, 'incarnation-1');
    expect(world.store.state(KEYS.tenant)).not.toBe('IN_SYNC');

    await world.settle();

    expect(world.compute.machines.size).toBe(1);
    expect(world.configurator.jobs.map((job) => job.target.hostKey)).toEqual([
      'ssh-ed25519 host-1',
      'ssh-ed25519 host-2',
    ]);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('puts a new key on the machine without making another one', async () => {
    const world = await settledWorld();
    world.store.addUserKey('ssh-ed25519 member');
    await world.store.staleInstances();

    await world.settle();

    expect(world.compute.created).toHaveLength(1);
    expect(world.compute.machines.get('mysite_one-3')?.spec.authorizedKeys).toContain('ssh-ed25519 member');
    expect(world.configurator.jobs).toHaveLength(1);
  });
});

describe('paused and blocked', () => {
  it('leaves a paused tenant alone', async () => {
    const world = await settledWorld();
    world.store.setMessage('second');
    world.store.row(KEYS.tenant).pausedReason = 'the service is disabled';

    expect(await world.run(KEYS.tenant)).toEqual({ kind: 'idle', why: 'not due' });
    expect(world.store.state(KEYS.tenant)).toBe('PAUSED');
  });

  it('blocks a tenant whose instance was deleted, and says what to do', async () => {
    const world = await settledWorld();
    world.store.row(KEYS.instance).deleting = true;
    await world.run(KEYS.instance);
    world.store.edit(KEYS.tenant);

    await world.run(KEYS.tenant);

    expect(world.store.state(KEYS.tenant)).toBe('BLOCKED');
    expect(world.store.row(KEYS.tenant).blockedReason).toBe(
      'its instance was deleted; save it to get a new one',
    );
  });
});

describe('deletion', () => {
  it('removes the machine, then the instance, then the tenant', async () => {
    const world = await settledWorld();
    world.store.row(KEYS.tenant).deleting = true;
    world.store.row(KEYS.instance).deleting = true;

    await world.run(KEYS.tenant);
    expect(world.store.row(KEYS.tenant).waitingFor).toBe('its instance is being deleted');

    await world.run(KEYS.instance);
    expect(world.compute.machines.size).toBe(0);
    expect(world.store.has(KEYS.instance)).toBe(false);
    expect(world.hints).toContain(KEYS.tenant);

    await world.run(KEYS.tenant);
    expect(world.store.has(KEYS.tenant)).toBe(false);
  });

  it('keeps the row while the engine still shows the machine', async () => {
    const world = await settledWorld();
    world.compute.ignoreDeletions(true);
    world.store.row(KEYS.instance).deleting = true;

    await world.run(KEYS.instance);

    expect(world.store.has(KEYS.instance)).toBe(true);
    expect(world.store.row(KEYS.instance).waitingFor).toBe('mysite_one-3 is still there');

    world.compute.ignoreDeletions(false);
    world.store.passTime(1000);
    await world.run(KEYS.instance);

    expect(world.store.has(KEYS.instance)).toBe(false);
  });

  it('waits for an engine that is down rather than forget a machine', async () => {
    const world = await settledWorld();
    world.compute.setReadiness({ ready: false, reason: 'the engine is down' });
    world.store.row(KEYS.instance).deleting = true;

    await world.run(KEYS.instance);

    expect(world.store.row(KEYS.instance).waitingFor).toBe('the engine is down');
  });

  it('needs no engine for an instance that never was a machine', async () => {
    const world = createWorld();
    world.compute.setReadiness({ ready: false, reason: 'no engine' });
    await world.settle();
    world.store.passTime(60_000);
    world.store.row(KEYS.instance).deleting = true;

    await world.run(KEYS.instance);

    expect(world.store.has(KEYS.instance)).toBe(false);
  });

  it('of a slice removes its own network and leaves the one all share', async () => {
    const world = await settledWorld();
    world.store.row(KEYS.instance).deleting = true;
    world.store.row(KEYS.slice).deleting = true;

    await world.run(KEYS.slice);
    expect(world.store.row(KEYS.slice).waitingFor).toBe('1 of its instances are still there');

    await world.run(KEYS.instance);
    world.store.passTime(5000);
    await world.run(KEYS.slice);

    expect(world.store.has(KEYS.slice)).toBe(false);
    expect([...world.compute.networkSpecs.keys()]).toEqual(['nat']);
  });
});

describe('leases', () => {
  it('does not touch an object that another worker works on', async () => {
    const world = createWorld();
    await world.store.takeLease(KEYS.service, 1, { owner: 'somebody else', ttlMs: 12_000 });

    expect(await world.run(KEYS.service)).toEqual({ kind: 'idle', why: 'not due' });
  });

  it('takes over when the lease of a dead worker has run out', async () => {
    const world = createWorld();
    await world.store.takeLease(KEYS.service, 1, { owner: 'killed worker', ttlMs: 12_000 });

    world.store.passTime(12_001);

    expect(await world.run(KEYS.service)).toMatchObject({ kind: 'synced' });
  });

  it('writes nothing after its lease went to somebody else', async () => {
    const world = await settledWorld();
    world.store.setMessage('second');
    world.configurator.during(async () => {
      world.store.passTime(20_000);
      await world.store.takeLease(KEYS.tenant, 2, { owner: 'worker-2', ttlMs: 12_000 });
    });

    const outcome = await world.run(KEYS.tenant);

    expect(outcome).toEqual({ kind: 'idle', why: 'interrupted' });
    expect(world.store.row(KEYS.tenant)).toMatchObject({
      enactedGeneration: 1,
      lease: { owner: 'worker-2' },
    });
  });

  it('interrupts the run and deletes when the tenant is to be deleted meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    try {
      const world = await settledWorld();
      world.store.setMessage('second');
      world.configurator.during(async (job) => {
        world.store.row(KEYS.tenant).deleting = true;
        await vi.advanceTimersByTimeAsync(4001);
        expect(job.signal.aborted).toBe(true);
      });

      expect(await world.run(KEYS.tenant)).toEqual({ kind: 'idle', why: 'interrupted' });
      expect(world.store.row(KEYS.tenant).lease).toBeNull();
      expect(world.hints).toContain(KEYS.tenant);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives the lease back at once when the worker is told to stop', async () => {
    const world = await settledWorld();
    world.store.setMessage('second');
    world.configurator.during((job) => {
      world.stopping.abort();
      expect(job.signal.aborted).toBe(true);
      return Promise.resolve();
    });

    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant)).toMatchObject({
      lease: null,
      enactedGeneration: 1,
      lastError: null,
    });
  });

  it('counts as lost when the database has not answered for its whole length', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    try {
      const world = await settledWorld();
      const subject = await world.store.load(KEYS.service);
      world.store.keepLease = () => Promise.reject(new Error('the database is away'));
      const seen: boolean[] = [];

      await withLease(
        subject ?? expect.fail(),
        world.ports,
        world.stopping.signal,
        async (_owner, signal) => {
          await vi.advanceTimersByTimeAsync(8001);
          seen.push(signal.aborted);
          await vi.advanceTimersByTimeAsync(4001);
          seen.push(signal.aborted);
        },
      );

      expect(seen).toEqual([false, true]);
    } finally {
      vi.useRealTimers();
    }
  });
});
