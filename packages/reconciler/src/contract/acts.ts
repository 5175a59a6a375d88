import { expect } from 'vitest';

import type { Machine } from '../compute-port.js';
import type { ObjectKey } from '../object-key.js';
import type { FactsChange } from '../ports.js';
import type { StoreWorld } from './store-world.js';

/** The facts of a success, except the generation. */
export const SYNCED = {
  enactedInputs: 'inputs',
  enactedOn: 'machine-a',
  enactedNow: true,
  lastError: null,
  attempts: 0,
  waitingFor: null,
  waitingOn: null,
  blockedReason: null,
  nextAttemptInMs: null,
} as const;

export const FAILED: FactsChange = { lastError: 'boom', attempts: 1, nextAttemptInMs: 60_000 };

export const lease = (owner: string) => ({ owner, ttlMs: 60_000 });

export function machine(incarnation: string): Machine {
  return {
    name: 'one',
    owner: 'instance-1',
    incarnation,
    state: 'running',
    hostKey: 'ssh-ed25519 AAAA',
    ssh: { host: '10.11.1.2', port: 22 },
    reachableAt: 'http://10.11.1.2/',
  };
}

/** Takes the lease of an object as it is now. */
export async function lend(world: StoreWorld, key: ObjectKey, owner = 'me') {
  const generation = (await world.facts(key))?.generation ?? 0;
  return { owner, generation, taken: await world.store.takeLease(key, generation, lease(owner)) };
}

/** A whole successful reconciliation. */
export async function syncAs(world: StoreWorld, key: ObjectKey, facts: FactsChange = {}): Promise<void> {
  const { owner, generation } = await lend(world, key);
  const all = { ...SYNCED, enactedGeneration: generation, ...facts };
  expect(await world.store.finish(key, { owner, generation, unlessEdited: false, facts: all })).toBe(true);
}

/** The tenant in sync on its instance's machine. */
export async function syncTenant(world: StoreWorld, facts: FactsChange = {}): Promise<void> {
  await syncAs(world, world.keys.instance, { machine: machine('machine-a') });
  await syncAs(world, world.keys.tenant, facts);
}
