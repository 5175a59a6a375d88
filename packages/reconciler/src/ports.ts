import type { Compute, Machine } from './compute-port.js';
import type { Configurator } from './configurator-port.js';
import type { ObjectKey } from './object-key.js';
import type { RunLog } from './run-log-port.js';
import type { Subject, TenantSubject } from './subject.js';

/** A claim on one object. While it lasts nobody else works on the object; it ends by itself when its holder dies. */
export interface Lease {
  /** Unique for every claim, not only for every worker. */
  owner: string;
  /** How long it lasts without being renewed, in ms. */
  ttlMs: number;
}

/** The facts that a reconciliation leaves behind. A member that is absent keeps its column as it is. */
export interface FactsChange {
  enactedGeneration?: number;
  enactedInputs?: string;
  /** For a tenant it is written only while its instance still has this machine. */
  enactedOn?: string | null;
  /** Sets `enacted` to now. */
  enactedNow?: true;
  lastError?: string | null;
  attempts?: number;
  /** From now, in ms; null: at once. */
  nextAttemptInMs?: number | null;
  waitingFor?: string | null;
  waitingOn?: ObjectKey | null;
  blockedReason?: string | null;
  /** The machine as it was observed; for instances only. */
  machine?: Machine;
}

export interface Finish {
  /** Who holds the lease, which is given back; null: none was taken, and the change is refused while somebody has one. */
  owner: string | null;
  /** The generation that was read. */
  generation: number;
  /** When true, the facts are dropped if the object was edited since it was read: they speak of something else. */
  unlessEdited: boolean;
  facts: FactsChange;
}

/**
 * The rows, as the reconciler sees them. It writes the columns of SyncFacts, what was observed of a machine, and the key
 * pair of a service; never `generation` and never a user's column. All times are those of the database, so the clocks of
 * several workers need not agree.
 */
export interface Store {
  /** Everything one reconciliation needs; null: there is no such object (any more). */
  load(key: ObjectKey): Promise<Subject | null>;
  /** Claims the object if it is still at `generation` and nobody else has it. */
  takeLease(key: ObjectKey, generation: number, lease: Lease): Promise<boolean>;
  /** Renews a lease; says whether it is still ours, and whether the object is to be deleted. */
  keepLease(key: ObjectKey, lease: Lease): Promise<'held' | 'deleting' | 'lost'>;
  /** Gives a lease back without a word about the object. */
  dropLease(key: ObjectKey, owner: string): Promise<void>;
  /** Writes the facts and gives the lease back, in one statement. False: the lease was lost and nothing was written. */
  finish(key: ObjectKey, finish: Finish): Promise<boolean>;
  /** Deletes the row of an object that is to be deleted and has nothing left in the world. False: the lease was lost. */
  remove(key: ObjectKey, owner: string): Promise<boolean>;
  /** Notes, before a machine is made, what it is made from. False: the lease was lost. */
  recordIntent(key: ObjectKey, owner: string, inputs: string): Promise<boolean>;
  /** Stores a service's key pair unless it has one already. */
  recordKeyPair(key: ObjectKey, pair: KeyPair): Promise<void>;
  /**
   * Gives the slice's private network the next /24 of its pool, and its ports the same places in it. Null, without a change, when
   * the lease was lost, a machine may be in the network already, or the pool has no other /24.
   */
  moveNetwork(slice: ObjectKey, owner: string): Promise<string | null>;
  /** Makes everything that waits for `blocker` due at once, and returns it. */
  wake(blocker: ObjectKey): Promise<ObjectKey[]>;
  /** The tenants of a service that count as in sync. */
  settledTenants(service: ObjectKey): Promise<TenantSubject[]>;
  /** Makes tenants pending whose applied inputs are still those given, and returns the ones it changed. */
  markStale(stale: readonly { key: ObjectKey; enactedInputs: string }[]): Promise<ObjectKey[]>;
}

export interface KeyPair {
  /** OpenSSH format. */
  privateKey: string;
  /** One line, `ssh-ed25519 AAAA… comment`. */
  publicKey: string;
}

/** Where a hint goes: "look at these objects". Losing one costs at most a sweep. */
export type SendHints = (keys: readonly ObjectKey[]) => Promise<void>;

/** The state of images that are being built in the background, see background-images.ts. */
export interface Images {
  /** Null when the image can be used; otherwise the sentence that says why not yet. Starts the build when needed. */
  missing(image: string): Promise<string | null>;
}

/** Everything the reconciler needs from outside. */
export interface Ports {
  store: Store;
  compute: Compute;
  images: Images;
  configurator: Configurator;
  runs: RunLog;
  sendHints: SendHints;
  /** Makes the key pair of a service. */
  makeKeyPair(label: string): Promise<KeyPair>;
  /** For the jitter of the back-off: a number from 0 up to 1. */
  random(): number;
  /** Names this worker in leases. */
  workerId: string;
  /** How long a lease lasts without being renewed, in ms. A third of it is the time between two renewals. */
  leaseMs: number;
}
