import type { ObjectKey } from '../object-key.js';
import type { KeyPair } from '../ports.js';
import type {
  InstanceSubject,
  ServiceSubject,
  SliceSubject,
  Subject,
  TenantInstance,
  TenantSubject,
} from '../subject.js';
import { factsOf, type MemoryRow, newRow } from './memory-row.js';

/** The objects of the smallest world: one of each. */
export const KEYS = {
  service: 'service-1',
  slice: 'slice-2',
  instance: 'instance-3',
  tenant: 'tenant-7',
} as const;

export const SYNC_INTERVAL_MS = 30_000;
export const PLAYBOOK = 'exampletenant_playbook.yaml';
export const MACHINE_NAME = 'mysite_one-3';

/** Everything that a database would hold. */
export interface MemoryWorld {
  rows: Map<ObjectKey, MemoryRow>;
  now: number;
  message: string;
  loginUser: string;
  backoff: boolean;
  userKeys: string[];
  keyPair: KeyPair | null;
  /** Third part of the private network's address. */
  privateSubnet: number;
}

export function createMemoryWorld(): MemoryWorld {
  return {
    rows: new Map(Object.values(KEYS).map((key) => [key, newRow()])),
    now: 0,
    message: 'Hello',
    loginUser: 'ubuntu',
    backoff: true,
    userKeys: ['ssh-ed25519 user'],
    keyPair: null,
    privateSubnet: 2,
  };
}

export function rowIn(world: MemoryWorld, key: ObjectKey): MemoryRow {
  const found = world.rows.get(key);
  if (found === undefined) throw new Error(`no row ${key}`);
  return found;
}

export function loadFrom(world: MemoryWorld, key: ObjectKey): Subject | null {
  if (!world.rows.has(key)) return null;
  switch (key) {
    case KEYS.service:
      return serviceIn(world);
    case KEYS.slice:
      return sliceIn(world);
    case KEYS.instance:
      return instanceIn(world);
    default:
      return tenantIn(world);
  }
}

function loaded(world: MemoryWorld, key: ObjectKey, label: string) {
  return { key, id: Number(key.split('-')[1]), label, facts: factsOf(rowIn(world, key), world.now) };
}

function serviceIn(world: MemoryWorld): ServiceSubject {
  return {
    type: 'service',
    ...loaded(world, KEYS.service, 'one'),
    hasKeyPair: world.keyPair !== null,
    tenantsLeft: world.rows.has(KEYS.tenant) ? 1 : 0,
  };
}

function sliceIn(world: MemoryWorld): SliceSubject {
  return {
    type: 'slice',
    ...loaded(world, KEYS.slice, 'mysite_one'),
    networks: [
      { key: 'nat', subnet: '10.11.0.0/16', role: 'nat' },
      { key: 'slice-2-private', subnet: `10.0.${world.privateSubnet}.0/24`, role: 'private' },
    ],
    instancesLeft: world.rows.has(KEYS.instance) ? 1 : 0,
  };
}

export function instanceIn(world: MemoryWorld): InstanceSubject {
  return {
    type: 'instance',
    ...loaded(world, KEYS.instance, MACHINE_NAME),
    spec: {
      name: MACHINE_NAME,
      owner: KEYS.instance,
      image: 'base',
      flavor: { memoryMib: 512, cpus: 1 },
      networks: [
        { key: 'nat', address: '10.11.1.2' },
        { key: 'slice-2-private', address: `10.0.${world.privateSubnet}.2` },
      ],
      authorizedKeys: [...world.userKeys, ...(world.keyPair === null ? [] : [world.keyPair.publicKey])],
      loginUser: 'ubuntu',
    },
    machineId: rowIn(world, KEYS.instance).machine?.incarnation ?? null,
    slice: { key: KEYS.slice, label: 'mysite_one', ready: rowIn(world, KEYS.slice).enactedOn !== null },
    service: { key: KEYS.service, label: 'one', hasKeyPair: world.keyPair !== null },
  };
}

export function tenantIn(world: MemoryWorld): TenantSubject {
  return {
    type: 'tenant',
    ...loaded(world, KEYS.tenant, 'exampleservice-tenant-7'),
    problem: null,
    service: {
      key: KEYS.service,
      id: 1,
      label: 'one',
      publicKey: world.keyPair?.publicKey ?? null,
      loginUser: world.loginUser,
      syncIntervalMs: SYNC_INTERVAL_MS,
      backoffEnabled: world.backoff,
    },
    playbook: PLAYBOOK,
    variables: { tenant_message: world.message },
    secrets: [],
    instance: tenantInstanceIn(world),
  };
}

function tenantInstanceIn(world: MemoryWorld): TenantInstance | null {
  const own = world.rows.get(KEYS.instance);
  if (own === undefined) return null;
  const { machine, enactedOn } = own;
  const user = world.loginUser;
  const privateKey = world.keyPair?.privateKey;
  const target =
    machine && privateKey !== undefined
      ? { name: machine.name, ...machine.ssh, user, privateKey, hostKey: machine.hostKey }
      : null;
  return {
    key: KEYS.instance,
    label: MACHINE_NAME,
    ready: target !== null && enactedOn !== null && !own.deleting,
    reason: own.waitingFor ?? own.lastError ?? 'it is being made',
    incarnation: enactedOn,
    ageMs: 0,
    target,
  };
}

/** What was configured on another incarnation is not in sync, and is tried again at once. */
export function forgetMachine(world: MemoryWorld, except: string | null): void {
  const tenant = world.rows.get(KEYS.tenant);
  if (tenant === undefined) return;
  tenant.nextAttemptAt = null;
  if (tenant.enactedOn !== except) tenant.enactedOn = null;
}
