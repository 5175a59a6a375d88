import { beforeEach, describe, expect, it } from 'vitest';

import type { ObjectKey } from '../object-key.js';
import { FAILED, lend, machine, syncAs, syncTenant } from './acts.js';
import type { StoreWorld } from './store-world.js';

/** The part of the store contract that is about many objects. */
export function sweepContract(makeWorld: () => Promise<StoreWorld>): void {
  let world: StoreWorld;
  let tenant: ObjectKey;
  let instance: ObjectKey;
  beforeEach(async () => {
    world = await makeWorld();
    ({ tenant, instance } = world.keys);
  });

  describe('waking', () => {
    it('makes due what waits for the object, and nothing else', async () => {
      const waits = (on: ObjectKey) => ({ waitingFor: 'x', waitingOn: on, nextAttemptInMs: 60_000 });
      const [generation, unlessEdited] = [1, true];
      await world.store.finish(tenant, { owner: null, generation, unlessEdited, facts: waits(instance) });
      await world.store.finish(instance, {
        owner: null,
        generation,
        unlessEdited,
        facts: waits(world.keys.slice),
      });

      expect(await world.store.wake(instance)).toEqual([tenant]);
      expect((await world.store.load(tenant))?.facts.postponed).toBe(false);
      expect((await world.store.load(instance))?.facts.postponed).toBe(true);
    });
  });

  describe('stale inputs', () => {
    it('make a tenant pending that still has the inputs that were compared', async () => {
      await syncTenant(world);

      expect(await world.store.markStale([{ key: tenant, enactedInputs: 'inputs' }])).toEqual([tenant]);
      expect(await world.facts(tenant)).toMatchObject({ enactedInputs: null, syncState: 'PENDING' });
    });

    it('are ignored when others were applied meanwhile', async () => {
      await syncTenant(world, { enactedInputs: 'newer' });

      expect(await world.store.markStale([{ key: tenant, enactedInputs: 'inputs' }])).toEqual([]);
      expect(await world.facts(tenant)).toMatchObject({ syncState: 'IN_SYNC' });
    });

    it('are looked for among the tenants in sync only', async () => {
      expect(await world.store.settledTenants(world.keys.service)).toEqual([]);

      await syncTenant(world);

      const settled = await world.store.settledTenants(world.keys.service);
      expect(settled.map(({ key, variables }) => ({ key, variables }))).toEqual([
        { key: tenant, variables: expect.objectContaining({}) as unknown },
      ]);
    });

    it('of an instance are found when its keys changed', async () => {
      await syncAs(world, instance, { machine: machine('machine-a') });

      expect(await world.sweep.staleInstances()).toEqual([instance]);
      expect(await world.facts(instance)).toMatchObject({ enactedInputs: null, syncState: 'PENDING' });
    });
  });

  describe('what is due', () => {
    it('are new objects', async () => {
      expect((await world.sweep.due(100)).toSorted()).toEqual(Object.values(world.keys).toSorted());
    });

    it('is nothing that is in sync, postponed, leased, paused or blocked', async () => {
      const { service, slice } = world.keys;
      await syncAs(world, service);
      await world.store.finish(slice, { owner: null, generation: 1, unlessEdited: true, facts: FAILED });
      await lend(world, instance);
      await world.pause(tenant);
      expect(await world.sweep.due(100)).toEqual([]);

      const facts = { blockedReason: 'change it' };
      await world.store.finish(instance, { owner: 'me', generation: 1, unlessEdited: true, facts });
      expect(await world.sweep.due(100)).toEqual([]);
    });

    it('is what a dead worker held', async () => {
      await lend(world, tenant);
      await world.expireLease(tenant);

      expect(await world.sweep.due(100)).toContain(tenant);
    });

    it('is what has to be deleted, even when it is paused', async () => {
      await world.pause(tenant);
      await world.markDeleting(tenant);

      expect(await world.sweep.due(100)).toContain(tenant);
    });

    it('becomes so at once by an edit', async () => {
      await world.store.finish(tenant, { owner: null, generation: 1, unlessEdited: true, facts: FAILED });
      await world.edit(tenant);

      expect(await world.sweep.due(100)).toContain(tenant);
    });

    it('becomes so at once for failed tenants that are to be tried again', async () => {
      await world.store.finish(tenant, { owner: null, generation: 1, unlessEdited: true, facts: FAILED });
      expect(await world.sweep.due(100)).not.toContain(tenant);

      expect(await world.sweep.retryFailed(world.keys.service)).toEqual([tenant]);
      expect(await world.sweep.due(100)).toContain(tenant);
    });
  });

  it('lists machines, networks and services for the sweep', async () => {
    await syncAs(world, world.keys.slice);

    expect(await world.sweep.machines()).toEqual([
      expect.objectContaining({ key: instance, enactedOn: null, sshHost: null, sshPort: null }),
    ]);
    expect(await world.sweep.networks()).toEqual([
      {
        key: world.keys.slice,
        enacted: true,
        networkKeys: ['nat', expect.stringMatching(/^slice-\d+-private$/)],
      },
    ]);
    expect(await world.sweep.services()).toEqual([
      {
        key: world.keys.service,
        syncIntervalMs: 30_000,
        playbook: expect.stringMatching(/\.yaml$/) as unknown,
      },
    ]);
  });
}
