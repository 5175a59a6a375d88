import { describe, expect, it } from 'vitest';

import { createWorld, KEYS, settledWorld } from '../testing/world.js';
import { inputsComparer } from './compare-inputs.js';
import { compareMachines } from './compare-machines.js';
import { findDue } from './find-due.js';
import { orphanRemover } from './remove-orphans.js';

describe('finding what is due', () => {
  it('hints at what a lost hint missed', async () => {
    const world = await settledWorld();
    world.store.setMessage('second');

    await findDue(world.store, world.ports.sendHints);

    expect(world.hints).toEqual([KEYS.tenant]);
  });

  it('hints at the objects of a dead worker when their lease has run out, not before', async () => {
    const world = createWorld();
    await world.store.takeLease(KEYS.service, 1, { owner: 'killed worker', ttlMs: 12_000 });

    await findDue(world.store, world.ports.sendHints);
    expect(world.hints).not.toContain(KEYS.service);

    world.store.passTime(12_001);
    await findDue(world.store, world.ports.sendHints);
    expect(world.hints).toContain(KEYS.service);
  });

  it('hints at nothing when all is in sync', async () => {
    const world = await settledWorld();

    await findDue(world.store, world.ports.sendHints);

    expect(world.hints).toEqual([]);
  });
});

describe('comparing the engine with the rows', () => {
  const compare = (world: Awaited<ReturnType<typeof settledWorld>>) =>
    compareMachines(world.store, world.compute, world.ports.sendHints);

  it('changes nothing when every machine is as recorded', async () => {
    const world = await settledWorld();

    await compare(world);

    expect(world.hints).toEqual([]);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('notices a machine that was removed by hand, and it is made and configured again', async () => {
    const world = await settledWorld();
    world.compute.machines.clear();

    await compare(world);

    expect(world.hints).toEqual([KEYS.instance]);
    expect(world.store.state(KEYS.tenant)).toBe('PENDING');

    await world.settle();

    expect(world.compute.machines.size).toBe(1);
    expect(world.configurator.jobs).toHaveLength(2);
  });

  it('notices a stopped machine, and it is started', async () => {
    const world = await settledWorld();
    const machine = world.compute.machines.get('mysite_one-3') ?? expect.fail();
    world.compute.machines.set(machine.name, { ...machine, state: 'stopped' });

    await compare(world);
    await world.settle();

    expect(world.compute.machines.get('mysite_one-3')?.state).toBe('running');
    expect(world.compute.created).toHaveLength(1);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('notices that a machine has another port after a restart of the engine', async () => {
    const world = await settledWorld();
    const machine = world.compute.machines.get('mysite_one-3') ?? expect.fail();
    world.compute.machines.set(machine.name, { ...machine, ssh: { host: '127.0.0.1', port: 40_001 } });

    await compare(world);
    await world.settle();

    expect(world.configurator.jobs.at(-1)?.target.port).toBe(40_001);
  });

  it('counts a machine as away while it boots, and waits for it', async () => {
    const world = await settledWorld();
    const machine = world.compute.machines.get('mysite_one-3') ?? expect.fail();
    world.compute.machines.set(machine.name, { ...machine, state: 'starting' });

    await compare(world);
    expect(world.store.state(KEYS.tenant)).toBe('PENDING');
    await world.settle();

    expect(world.compute.created).toHaveLength(1);
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('believes that a machine is gone only when it sees it twice', async () => {
    const world = await settledWorld();
    world.compute.list = () => Promise.resolve([]);

    await compare(world);

    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');
  });

  it('notices a network that was removed by hand, and it is made again', async () => {
    const world = await settledWorld();
    world.compute.networkSpecs.delete('slice-2-private');

    await compare(world);
    await world.settle();

    expect(world.compute.networkSpecs.has('slice-2-private')).toBe(true);
  });
});

describe('orphans', () => {
  function orphanWorld(world: Awaited<ReturnType<typeof settledWorld>>) {
    let now = 0;
    const sweep = orphanRemover(world.store, world.compute, () => now);
    return { sweep, passTime: (ms: number) => (now += ms) };
  }
  const orphan = {
    name: 'mysite_one-99',
    owner: 'instance-99',
    image: 'base',
    flavor: { memoryMib: 512, cpus: 1 },
    networks: [],
    authorizedKeys: [],
    loginUser: 'ubuntu' as const,
  };

  it('are removed when they are still there after the grace period', async () => {
    const world = await settledWorld();
    const { sweep, passTime } = orphanWorld(world);
    await world.compute.create(orphan);
    await world.compute.createNetwork({ key: 'slice-99-private', subnet: '10.0.99.0/24', role: 'private' });

    expect(await sweep()).toEqual([]);
    passTime(29_000);
    expect(await sweep()).toEqual([]);
    passTime(1000);

    expect(await sweep()).toEqual(['machine mysite_one-99', 'network slice-99-private']);
    expect([...world.compute.machines.keys()]).toEqual(['mysite_one-3']);
    expect([...world.compute.networkSpecs.keys()]).toEqual(['nat', 'slice-2-private']);
  });

  it('lose their count when they were no orphans in between', async () => {
    const world = await settledWorld();
    const { sweep, passTime } = orphanWorld(world);
    await world.compute.create(orphan);
    await sweep();
    await world.compute.delete(orphan.name);
    passTime(20_000);
    await sweep();

    await world.compute.create(orphan);
    passTime(20_000);

    expect(await sweep()).toEqual([]);
  });
});

describe('comparing inputs', () => {
  it('finds an edited playbook at the sync interval of the service', async () => {
    const world = await settledWorld();
    let now = 0;
    const compare = inputsComparer(world.store, world.ports, () => now);
    await compare();
    world.configurator.editPlaybook('exampletenant_playbook.yaml', 'second version');

    now = 29_000;
    await compare();
    expect(world.store.state(KEYS.tenant)).toBe('IN_SYNC');

    now = 30_000;
    await compare();
    expect(world.store.state(KEYS.tenant)).toBe('PENDING');
    expect(world.hints).toContain(KEYS.tenant);
  });

  it('tries a failed tenant again at once when the playbook it failed with was edited', async () => {
    const world = await settledWorld();
    let now = 0;
    const compare = inputsComparer(world.store, world.ports, () => now);
    await compare();
    world.configurator.results.push({ outcome: 'failed', stats: {}, failures: [] });
    world.store.edit(KEYS.tenant);
    await world.run(KEYS.tenant);
    world.hints.length = 0;

    now = 30_000;
    await compare();
    expect(world.hints).toEqual([]);

    world.configurator.editPlaybook('exampletenant_playbook.yaml', 'repaired');
    now = 60_000;
    await compare();

    expect(world.hints).toEqual([KEYS.tenant]);
    expect(await world.run(KEYS.tenant)).toMatchObject({ kind: 'synced' });
  });

  it('takes a playbook that cannot be read as a difference', async () => {
    const world = await settledWorld();
    const compare = inputsComparer(world.store, world.ports, () => 0);
    world.configurator.hash = () => Promise.reject(new Error('cannot read the playbook: no such file'));

    await compare();
    await world.run(KEYS.tenant);

    expect(world.store.row(KEYS.tenant).lastError).toBe('cannot read the playbook: no such file');
  });
});
