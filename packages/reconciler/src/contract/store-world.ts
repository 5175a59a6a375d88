import type { ObjectKey } from '../object-key.js';
import type { Store } from '../ports.js';
import type { SweepStore } from '../sweep-port.js';

/** The facts that the contract looks at. */
export interface StoredFacts {
  generation: number;
  enactedGeneration: number;
  enactedInputs: string | null;
  enactedOn: string | null;
  lastError: string | null;
  attempts: number;
  waitingFor: string | null;
  waitingOn: string | null;
  blockedReason: string | null;
  syncState: string;
}

/** One service, slice, instance and tenant, in whatever the store under test stands on. */
export interface StoreWorld {
  store: Store;
  sweep: SweepStore;
  keys: { service: ObjectKey; slice: ObjectKey; instance: ObjectKey; tenant: ObjectKey };
  /** A declarative change by a person. */
  edit(key: ObjectKey): Promise<void>;
  markDeleting(key: ObjectKey): Promise<void>;
  pause(key: ObjectKey): Promise<void>;
  /** Whoever holds the lease of the object died, and its time is over. */
  expireLease(key: ObjectKey): Promise<void>;
  facts(key: ObjectKey): Promise<StoredFacts | null>;
}
