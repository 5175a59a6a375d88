import type { ObjectKey } from '../object-key.js';
import type { Finish, Lease, Store } from '../ports.js';
import type { SweepStore } from '../sweep-port.js';
import { applyFacts, editRow, isLeased, type MemoryRow, syncStateOf } from './memory-row.js';
import { memorySweep } from './memory-sweep.js';
import {
  createMemoryWorld,
  forgetMachine,
  KEYS,
  loadFrom,
  type MemoryWorld,
  rowIn,
  tenantIn,
} from './memory-world.js';

export interface MemoryStore extends Store, SweepStore {
  row(key: ObjectKey): MemoryRow;
  has(key: ObjectKey): boolean;
  state(key: ObjectKey): string;
  /** A declarative change, as a person or a rule makes it. */
  edit(key: ObjectKey): void;
  setMessage(message: string): void;
  setLoginUser(user: string): void;
  setBackoff(enabled: boolean): void;
  addUserKey(key: string): void;
  passTime(ms: number): void;
}

/** One service, slice, instance and tenant in memory, held to the same contract as the store on PostgreSQL. */
export function memoryStore(): MemoryStore {
  const world = createMemoryWorld();
  return {
    ...whatPeopleDo(world),
    ...reading(world),
    ...leasing(world),
    ...writing(world),
    ...memorySweep(world),
  };
}

function whatPeopleDo(world: MemoryWorld) {
  return {
    row: (key: ObjectKey) => rowIn(world, key),
    has: (key: ObjectKey) => world.rows.has(key),
    state: (key: ObjectKey) => syncStateOf(rowIn(world, key)),
    edit: (key: ObjectKey) => editRow(rowIn(world, key)),
    setMessage: (message: string) => {
      world.message = message;
      editRow(rowIn(world, KEYS.tenant));
    },
    setLoginUser: (user: string) => {
      world.loginUser = user;
      editRow(rowIn(world, KEYS.service));
    },
    setBackoff: (enabled: boolean) => {
      world.backoff = enabled;
    },
    addUserKey: (key: string) => {
      world.userKeys.push(key);
    },
    passTime: (ms: number) => {
      world.now += ms;
    },
  };
}

function reading(world: MemoryWorld): Pick<Store, 'load' | 'settledTenants' | 'wake' | 'markStale'> {
  return {
    load: (key) => Promise.resolve(loadFrom(world, key)),
    settledTenants: () => {
      const tenant = world.rows.get(KEYS.tenant);
      return Promise.resolve(
        tenant !== undefined && syncStateOf(tenant) === 'IN_SYNC' ? [tenantIn(world)] : [],
      );
    },
    wake: (blocker) => {
      const woken = [...world.rows].filter(([, row]) => row.waitingOn === blocker && row.lease === null);
      for (const [, row] of woken) row.nextAttemptAt = null;
      return Promise.resolve(woken.map(([key]) => key));
    },
    markStale: (stale) => {
      const changed = stale.filter(({ key, enactedInputs }) => {
        const row = rowIn(world, key);
        const isUnchanged = row.enactedInputs === enactedInputs && row.lease === null;
        if (isUnchanged) row.enactedInputs = null;
        return isUnchanged;
      });
      return Promise.resolve(changed.map(({ key }) => key));
    },
  };
}

function isOwned(world: MemoryWorld, key: ObjectKey, owner: string): boolean {
  return world.rows.get(key)?.lease?.owner === owner;
}

function leasing(world: MemoryWorld): Pick<Store, 'takeLease' | 'keepLease' | 'dropLease'> {
  const lend = (key: ObjectKey, { owner, ttlMs }: Lease) => {
    rowIn(world, key).lease = { owner, until: world.now + ttlMs };
  };
  return {
    takeLease: (key, generation, lease) => {
      const row = world.rows.get(key);
      const isFree = row?.generation === generation && !isLeased(row, world.now);
      if (isFree) lend(key, lease);
      return Promise.resolve(isFree);
    },
    keepLease: (key, lease) => {
      if (!isOwned(world, key, lease.owner)) return Promise.resolve('lost');
      lend(key, lease);
      return Promise.resolve(rowIn(world, key).deleting ? 'deleting' : 'held');
    },
    dropLease: (key, owner) => {
      if (isOwned(world, key, owner)) rowIn(world, key).lease = null;
      return Promise.resolve();
    },
  };
}

function writing(
  world: MemoryWorld,
): Pick<Store, 'finish' | 'remove' | 'recordIntent' | 'recordKeyPair' | 'moveNetwork'> {
  return {
    finish: (key, finish) => Promise.resolve(finishRow(world, key, finish)),
    remove: (key, owner) =>
      Promise.resolve(isOwned(world, key, owner) && rowIn(world, key).deleting && world.rows.delete(key)),
    recordIntent: (key, owner, inputs) => {
      if (!isOwned(world, key, owner)) return Promise.resolve(false);
      Object.assign(rowIn(world, key), { enactedInputs: inputs, enactedOn: null });
      forgetMachine(world, null);
      return Promise.resolve(true);
    },
    moveNetwork: (slice, owner) => {
      const isFree = isOwned(world, slice, owner) && rowIn(world, KEYS.instance).enactedInputs === null;
      if (!isFree || world.privateSubnet >= 255) return Promise.resolve(null);
      world.privateSubnet += 1;
      return Promise.resolve(`10.0.${world.privateSubnet}.0/24`);
    },
    recordKeyPair: (_key, pair) => {
      world.keyPair ??= pair;
      return Promise.resolve();
    },
  };
}

function finishRow(
  world: MemoryWorld,
  key: ObjectKey,
  { owner, generation, unlessEdited, facts }: Finish,
): boolean {
  const row = world.rows.get(key);
  if (row === undefined) return false;
  const mayWrite = owner === null ? !isLeased(row, world.now) : isOwned(world, key, owner);
  const isDropped = unlessEdited && row.generation !== generation;
  if (!mayWrite || (isDropped && owner === null)) return false;
  row.lease = null;
  if (isDropped) return true;
  const isLost = key === KEYS.tenant && world.rows.get(KEYS.instance)?.enactedOn !== facts.enactedOn;
  applyFacts(row, isLost && facts.enactedOn !== undefined ? { ...facts, enactedOn: null } : facts, world.now);
  if (facts.machine !== undefined) forgetMachine(world, facts.machine.incarnation);
  return true;
}
