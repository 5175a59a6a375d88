import type { MachineSpec, NetworkSpec } from './compute-port.js';
import type { ObjectKey } from './object-key.js';

/** The columns that say how far the world is from the model (docs/reference: states). Read once, never changed here. */
export interface SyncFacts {
  /** Moves with every declarative change. */
  generation: number;
  /** The generation that the last successful sync had read. */
  enactedGeneration: number;
  /** Hash of what was applied; null: must be applied again. */
  enactedInputs: string | null;
  /** Incarnation of the machine it was applied to; null: there is none, or not known to have it. */
  enactedOn: string | null;
  /** Failures in a row. */
  attempts: number;
  /** True while `nextAttemptAt` lies ahead, by the clock of the database. */
  postponed: boolean;
  /** True while somebody holds an unexpired lease, by the clock of the database. */
  leased: boolean;
  deleting: boolean;
  paused: boolean;
  blockedReason: string | null;
  waitingFor: string | null;
}

interface Loaded {
  key: ObjectKey;
  id: number;
  /** What people call it. */
  label: string;
  facts: SyncFacts;
}

/** A service: it has nothing on any machine, but its key pair must exist and its tenants follow its settings. */
export interface ServiceSubject extends Loaded {
  type: 'service';
  hasKeyPair: boolean;
  tenantsLeft: number;
}

/** A slice: its networks must exist in the engine. */
export interface SliceSubject extends Loaded {
  type: 'slice';
  networks: readonly NetworkSpec[];
  instancesLeft: number;
}

/** An instance: a machine as `spec` says must exist. */
export interface InstanceSubject extends Loaded {
  type: 'instance';
  spec: MachineSpec;
  /** The machine's id in the backend; null: no machine was ever seen. */
  machineId: string | null;
  slice: { key: ObjectKey; label: string; ready: boolean };
  /** The service whose synchronizer signs in to it; null: the slice works for none. */
  service: { key: ObjectKey; label: string; hasKeyPair: boolean } | null;
}

/** Where and as whom a machine is configured. */
export interface ConfigureTarget {
  /** The machine's name; also its name in the inventory. */
  name: string;
  host: string;
  port: number;
  user: string;
  privateKey: string;
  /** The public host key of this incarnation, `ssh-ed25519 AAAA…`. */
  hostKey: string;
}

/** The instance of a tenant, as far as the tenant has to know it. */
export interface TenantInstance {
  key: ObjectKey;
  label: string;
  /** True when the machine exists as the model says. */
  ready: boolean;
  /** Why it is not ready, for people. */
  reason: string;
  /** The machine's incarnation; null: no machine. */
  incarnation: string | null;
  /** How long ago the machine was first brought in line, in ms; null: never. */
  ageMs: number | null;
  target: ConfigureTarget | null;
}

/** A tenant: its instance must be configured as its service says. */
export interface TenantSubject extends Loaded {
  type: 'tenant';
  /** Why the rest of it could not be read, e.g. because its service package is gone; null when it could. */
  problem: string | null;
  service: TenantService;
  /** Name of the file in the playbooks folder. */
  playbook: string;
  /** What its service package makes of the row: data, never code. */
  variables: Record<string, unknown>;
  /** Values among them, or elsewhere in the row, that must not be stored in a run. */
  secrets: readonly string[];
  instance: TenantInstance | null;
}

/** The synchronizer settings of a tenant's service. */
export interface TenantService {
  key: ObjectKey;
  id: number;
  label: string;
  publicKey: string | null;
  loginUser: string;
  syncIntervalMs: number;
  backoffEnabled: boolean;
}

export type Subject = ServiceSubject | SliceSubject | InstanceSubject | TenantSubject;
