import { inputsHash } from '../inputs-hash.js';
import type { ObjectKey } from '../object-key.js';
import type { SweepStore } from '../sweep-port.js';
import { factsOf, type MemoryRow, syncStateOf } from './memory-row.js';
import {
  forgetMachine,
  instanceIn,
  KEYS,
  MACHINE_NAME,
  type MemoryWorld,
  PLAYBOOK,
  rowIn,
  SYNC_INTERVAL_MS,
} from './memory-world.js';

/** What the sweep sees of a world in memory. */
export function memorySweep(world: MemoryWorld): SweepStore {
  return {
    due: () =>
      Promise.resolve([...world.rows].filter(([, row]) => isDue(row, world.now)).map(([key]) => key)),
    machines: () => Promise.resolve(machinesIn(world)),
    networks: () => Promise.resolve(networksIn(world)),
    loseMachine: (key, incarnation) => Promise.resolve(loseMachine(world, key, incarnation)),
    loseNetworks: (key) => {
      const row = rowIn(world, key);
      if (row.lease !== null) return Promise.resolve(false);
      row.enactedOn = null;
      return Promise.resolve(true);
    },
    staleInstances: () => Promise.resolve(staleInstances(world)),
    services: () =>
      Promise.resolve([{ key: KEYS.service, syncIntervalMs: SYNC_INTERVAL_MS, playbook: PLAYBOOK }]),
    retryFailed: () => Promise.resolve(retryFailed(world)),
    closeAbandonedRuns: () => Promise.resolve(),
    images: () => Promise.resolve(['base']),
    recordReadiness: () => Promise.resolve(),
  };
}

function isDue(row: MemoryRow, now: number): boolean {
  const facts = factsOf(row, now);
  return !['IN_SYNC', 'PAUSED', 'BLOCKED'].includes(syncStateOf(row)) && !facts.leased && !facts.postponed;
}

function machinesIn(world: MemoryWorld) {
  const own = world.rows.get(KEYS.instance);
  if (own === undefined) return [];
  const { machine, enactedOn } = own;
  const [sshHost, sshPort] = [machine?.ssh.host ?? null, machine?.ssh.port ?? null];
  return [{ key: KEYS.instance, name: MACHINE_NAME, enactedOn, sshHost, sshPort }];
}

function networksIn(world: MemoryWorld) {
  const slice = world.rows.get(KEYS.slice);
  if (slice === undefined) return [];
  return [{ key: KEYS.slice, enacted: slice.enactedOn !== null, networkKeys: ['nat', 'slice-2-private'] }];
}

function loseMachine(world: MemoryWorld, key: ObjectKey, incarnation: string): boolean {
  const own = rowIn(world, key);
  if (own.enactedOn !== incarnation || own.lease !== null) return false;
  own.enactedOn = null;
  forgetMachine(world, null);
  return true;
}

function staleInstances(world: MemoryWorld): ObjectKey[] {
  const own = rowIn(world, KEYS.instance);
  const { spec } = instanceIn(world);
  if (syncStateOf(own) !== 'IN_SYNC' || own.enactedInputs === inputsHash(spec)) return [];
  own.enactedInputs = null;
  return [KEYS.instance];
}

function retryFailed(world: MemoryWorld): ObjectKey[] {
  const tenant = rowIn(world, KEYS.tenant);
  if (!['ERROR', 'BLOCKED'].includes(syncStateOf(tenant))) return [];
  Object.assign(tenant, { nextAttemptAt: null, blockedReason: null, attempts: 0 });
  return [KEYS.tenant];
}
