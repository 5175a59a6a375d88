import { beforeEach, describe, expect, it } from 'vitest';

import type { ObjectKey } from '../object-key.js';
import { FAILED, lease, lend, machine, syncAs, SYNCED, syncTenant } from './acts.js';
import type { StoreWorld } from './store-world.js';
import { sweepContract } from './sweep-contract.js';

/** What every store must do; run against the store on PostgreSQL and against the one in memory that other tests use. */
export function storeContract(makeWorld: () => Promise<StoreWorld>): void {
  let world: StoreWorld;
  let tenant: ObjectKey;
  let instance: ObjectKey;
  beforeEach(async () => {
    world = await makeWorld();
    ({ tenant, instance } = world.keys);
  });

  describe('loading', () => {
    it('gives everything about each kind of object, and null for one that is not there', async () => {
      const { keys, store } = world;

      expect(await store.load(keys.service)).toMatchObject({
        type: 'service',
        hasKeyPair: false,
        tenantsLeft: 1,
      });
      expect(await store.load(keys.slice)).toMatchObject({
        type: 'slice',
        instancesLeft: 1,
        networks: [
          { key: 'nat', role: 'nat', subnet: '10.11.0.0/16' },
          { key: expect.stringMatching(/^slice-\d+-private$/) as unknown },
        ],
      });
      expect(await store.load(keys.instance)).toMatchObject({
        type: 'instance',
        machineId: null,
        spec: {
          owner: keys.instance,
          flavor: { memoryMib: 512, cpus: 1 },
          networks: [{ key: 'nat' }, { key: expect.stringMatching(/^slice-\d+-private$/) as unknown }],
        },
        slice: { key: keys.slice, ready: false },
        service: { key: keys.service, hasKeyPair: false },
      });
      expect(await store.load(keys.tenant)).toMatchObject({
        type: 'tenant',
        problem: null,
        service: { key: keys.service, loginUser: 'ubuntu', syncIntervalMs: 30_000, backoffEnabled: true },
        instance: { key: keys.instance, ready: false, reason: 'it is being made', target: null },
      });
      expect(await store.load('tenant-999999')).toBeNull();
    });

    it('knows the machine, the keys and the message once they are there', async () => {
      const { keys, store } = world;
      await store.recordKeyPair(keys.service, { privateKey: 'private', publicKey: 'ssh-ed25519 PUBLIC' });
      await syncAs(world, keys.slice);
      await syncAs(world, instance, { machine: machine('machine-a') });

      expect(await store.load(instance)).toMatchObject({
        machineId: 'machine-a',
        slice: { ready: true },
        service: { hasKeyPair: true },
        spec: { authorizedKeys: expect.arrayContaining(['ssh-ed25519 PUBLIC']) as unknown },
      });
      expect(await store.load(tenant)).toMatchObject({
        instance: {
          ready: true,
          incarnation: 'machine-a',
          target: {
            host: '10.11.1.2',
            port: 22,
            user: 'ubuntu',
            privateKey: 'private',
            hostKey: 'ssh-ed25519 AAAA',
          },
        },
      });
    });

    it('keeps the first key pair of a service', async () => {
      const { keys, store } = world;
      await store.recordKeyPair(keys.service, { privateKey: 'first', publicKey: 'ssh-ed25519 FIRST' });

      await store.recordKeyPair(keys.service, { privateKey: 'second', publicKey: 'ssh-ed25519 SECOND' });

      expect(await store.load(tenant)).toMatchObject({ service: { publicKey: 'ssh-ed25519 FIRST' } });
    });
  });

  describe('a lease', () => {
    it('is taken by one only', async () => {
      expect((await lend(world, tenant)).taken).toBe(true);
      expect((await lend(world, tenant, 'other')).taken).toBe(false);
      expect((await world.store.load(tenant))?.facts.leased).toBe(true);
      expect(await world.facts(tenant)).toMatchObject({ syncState: 'SYNCING' });
    });

    it('is refused when the object was edited since it was read', async () => {
      await world.edit(tenant);

      expect(await world.store.takeLease(tenant, 1, lease('me'))).toBe(false);
    });

    it('is free again when it is given back', async () => {
      await lend(world, tenant);
      await world.store.dropLease(tenant, 'me');

      expect((await lend(world, tenant, 'other')).taken).toBe(true);
    });

    it('cannot be given back by somebody else', async () => {
      await lend(world, tenant);
      await world.store.dropLease(tenant, 'other');

      expect(await world.store.keepLease(tenant, lease('me'))).toBe('held');
    });

    it('of a dead worker goes to the next one, and the first one can write nothing any more', async () => {
      const { generation } = await lend(world, tenant);
      await world.expireLease(tenant);

      expect((await lend(world, tenant, 'other')).taken).toBe(true);
      expect(await world.store.keepLease(tenant, lease('me'))).toBe('lost');
      const late = {
        owner: 'me',
        generation,
        unlessEdited: false,
        facts: { ...SYNCED, enactedGeneration: generation },
      };
      expect(await world.store.finish(tenant, late)).toBe(false);
      expect(await world.store.recordIntent(tenant, 'me', 'inputs')).toBe(false);
      expect(await world.facts(tenant)).toMatchObject({
        syncState: 'SYNCING',
        enactedGeneration: 0,
        enactedInputs: null,
      });
    });

    it("that ran out is still its holder's when nobody else took it", async () => {
      await lend(world, tenant);
      await world.expireLease(tenant);

      expect(await world.store.keepLease(tenant, lease('me'))).toBe('held');
    });

    it('says when the object is to be deleted', async () => {
      await lend(world, tenant);
      await world.markDeleting(tenant);

      expect(await world.store.keepLease(tenant, lease('me'))).toBe('deleting');
    });
  });

  describe('finishing', () => {
    it('in sync writes what was applied and gives the lease back', async () => {
      await syncTenant(world);

      expect(await world.facts(tenant)).toMatchObject({
        enactedGeneration: 1,
        enactedInputs: 'inputs',
        enactedOn: 'machine-a',
        syncState: 'IN_SYNC',
      });
      expect((await world.store.load(tenant))?.facts.leased).toBe(false);
    });

    it('leaves an edit that was made meanwhile pending', async () => {
      const { owner, generation } = await lend(world, tenant);
      await world.edit(tenant);

      const facts = { ...SYNCED, enactedGeneration: generation };
      await world.store.finish(tenant, { owner, generation, unlessEdited: false, facts });

      expect(await world.facts(tenant)).toMatchObject({
        generation: 2,
        enactedGeneration: 1,
        syncState: 'PENDING',
      });
    });

    it('with an error postpones the object', async () => {
      const { owner, generation } = await lend(world, tenant);
      await world.store.finish(tenant, { owner, generation, unlessEdited: true, facts: FAILED });

      expect(await world.facts(tenant)).toMatchObject({ lastError: 'boom', attempts: 1, syncState: 'ERROR' });
      expect((await world.store.load(tenant))?.facts).toMatchObject({ postponed: true, leased: false });
    });

    it('with an error drops it when the object was edited meanwhile, and gives the lease back', async () => {
      const { owner, generation } = await lend(world, tenant);
      await world.edit(tenant);

      expect(await world.store.finish(tenant, { owner, generation, unlessEdited: true, facts: FAILED })).toBe(
        true,
      );

      expect(await world.facts(tenant)).toMatchObject({ lastError: null, attempts: 0, syncState: 'PENDING' });
      expect((await world.store.load(tenant))?.facts).toMatchObject({ postponed: false, leased: false });
    });

    it('without a lease is refused while somebody has it', async () => {
      await lend(world, tenant);

      const waits = { waitingFor: 'something', nextAttemptInMs: 1000 };
      expect(
        await world.store.finish(tenant, { owner: null, generation: 1, unlessEdited: true, facts: waits }),
      ).toBe(false);
      expect(await world.facts(tenant)).toMatchObject({ waitingFor: null });
    });

    it('without a lease is refused when the object was edited since it was read', async () => {
      await world.edit(tenant);

      const waits = { waitingFor: 'something', nextAttemptInMs: 1000 };
      expect(
        await world.store.finish(tenant, { owner: null, generation: 1, unlessEdited: true, facts: waits }),
      ).toBe(false);
      expect(await world.facts(tenant)).toMatchObject({ waitingFor: null });
    });

    it('cuts a reason that is longer than its column', async () => {
      const { owner, generation } = await lend(world, tenant);
      const facts = { lastError: 'x'.repeat(100_000), attempts: 1 };

      expect(await world.store.finish(tenant, { owner, generation, unlessEdited: true, facts })).toBe(true);
    });

    it('never touches the generation', async () => {
      await syncTenant(world);
      await syncAs(world, instance, { machine: machine('machine-a') });
      await world.store.markStale([{ key: tenant, enactedInputs: 'inputs' }]);
      await world.store.wake(instance);

      expect(await world.facts(tenant)).toMatchObject({ generation: 1 });
      expect(await world.facts(instance)).toMatchObject({ generation: 1 });
    });
  });

  describe('a new machine', () => {
    it('makes the tenants pending that were configured on another one', async () => {
      await syncTenant(world);

      await syncAs(world, instance, { enactedOn: 'machine-b', machine: machine('machine-b') });

      expect(await world.facts(tenant)).toMatchObject({ enactedOn: null, syncState: 'PENDING' });
    });

    it('that went away while a tenant was being configured leaves the tenant pending', async () => {
      await syncAs(world, instance, { machine: machine('machine-a') });
      const { owner, generation } = await lend(world, tenant);
      await world.sweep.loseMachine(instance, 'machine-a');

      const facts = { ...SYNCED, enactedGeneration: generation };
      await world.store.finish(tenant, { owner, generation, unlessEdited: false, facts });

      expect(await world.facts(tenant)).toMatchObject({ enactedOn: null, syncState: 'PENDING' });
    });

    it('makes tenants due at once that failed on the one before', async () => {
      await world.store.finish(tenant, { owner: null, generation: 1, unlessEdited: true, facts: FAILED });

      await syncAs(world, instance, { machine: machine('machine-a') });

      expect(await world.sweep.due(100)).toContain(tenant);
    });

    it('leaves tenants alone that were configured on this very one', async () => {
      await syncTenant(world);

      await syncAs(world, instance, { machine: machine('machine-a') });

      expect(await world.facts(tenant)).toMatchObject({ syncState: 'IN_SYNC' });
    });

    it('is announced before it is made, and the old one counts no more', async () => {
      await syncTenant(world);
      await lend(world, instance);

      expect(await world.store.recordIntent(instance, 'me', 'new inputs')).toBe(true);
      expect(await world.facts(instance)).toMatchObject({ enactedInputs: 'new inputs', enactedOn: null });
    });

    it('that went away makes instance and tenants pending', async () => {
      await syncTenant(world);

      expect(await world.sweep.loseMachine(instance, 'machine-a')).toBe(true);
      expect(await world.facts(instance)).toMatchObject({ enactedOn: null, syncState: 'PENDING' });
      expect(await world.facts(tenant)).toMatchObject({ enactedOn: null, syncState: 'PENDING' });
      expect(await world.sweep.loseMachine(instance, 'machine-a')).toBe(false);
    });

    it('is not declared lost while somebody works on it', async () => {
      await syncAs(world, instance, { machine: machine('machine-a') });
      await lend(world, instance);

      expect(await world.sweep.loseMachine(instance, 'machine-a')).toBe(false);
    });
  });

  describe('moving a private network', () => {
    it('gives it another subnet, and the instance the same place in that one', async () => {
      await lend(world, world.keys.slice);

      const moved = await world.store.moveNetwork(world.keys.slice, 'me');

      const prefix = moved?.replace('.0/24', '');
      expect(await world.store.load(world.keys.slice)).toMatchObject({
        networks: [{ key: 'nat' }, { subnet: moved }],
      });
      expect(await world.store.load(instance)).toMatchObject({
        spec: { networks: [{ address: '10.11.1.2' }, { address: `${prefix ?? ''}.2` }] },
      });
    });

    it('is refused without the lease, and once a machine may be in it', async () => {
      expect(await world.store.moveNetwork(world.keys.slice, 'me')).toBeNull();

      await lend(world, world.keys.slice);
      await lend(world, instance);
      await world.store.recordIntent(instance, 'me', 'inputs');

      expect(await world.store.moveNetwork(world.keys.slice, 'me')).toBeNull();
    });
  });

  describe('removing a row', () => {
    it('needs the lease and the wish to delete', async () => {
      await lend(world, tenant);
      expect(await world.store.remove(tenant, 'me')).toBe(false);

      await world.markDeleting(tenant);
      expect(await world.store.remove(tenant, 'other')).toBe(false);
      expect(await world.store.remove(tenant, 'me')).toBe(true);
      expect(await world.facts(tenant)).toBeNull();
    });

    it('of an instance leaves its tenant without one', async () => {
      await world.markDeleting(instance);
      await lend(world, instance);

      expect(await world.store.remove(instance, 'me')).toBe(true);
      expect(await world.store.load(tenant)).toMatchObject({ instance: null });
    });
  });

  sweepContract(makeWorld);
}
