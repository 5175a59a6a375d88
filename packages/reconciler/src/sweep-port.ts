import type { Readiness } from './compute-port.js';
import type { ObjectKey } from './object-key.js';

/** A machine as the rows know it. */
export interface KnownMachine {
  key: ObjectKey;
  name: string;
  /** Incarnation that was recorded; null: not known to be there. */
  enactedOn: string | null;
  sshHost: string | null;
  sshPort: number | null;
}

/** A slice with the networks that should be in the engine. */
export interface KnownNetworks {
  key: ObjectKey;
  /** True when they were there at its last sync. */
  enacted: boolean;
  networkKeys: readonly string[];
}

/** What the sweep reads and writes beyond single objects. */
export interface SweepStore {
  /** Objects that are due and not being worked on: also those whose hint was lost and whose worker died. */
  due(limit: number): Promise<ObjectKey[]>;
  machines(): Promise<KnownMachine[]>;
  networks(): Promise<KnownNetworks[]>;
  /** The machine of this incarnation is not there as recorded: instance and tenants are pending again. False: somebody works on it. */
  loseMachine(key: ObjectKey, incarnation: string): Promise<boolean>;
  /** A network of the slice is not in the engine. False: somebody works on it. */
  loseNetworks(key: ObjectKey): Promise<boolean>;
  /** Instances in sync whose specification is not the applied one any more, made pending: a key or a member changed. */
  staleInstances(): Promise<ObjectKey[]>;
  services(): Promise<{ key: ObjectKey; syncIntervalMs: number; playbook: string }[]>;
  /** Tenants that failed or are blocked are tried again now: the playbook they failed with was edited. */
  retryFailed(service: ObjectKey): Promise<ObjectKey[]>;
  /** Ends runs whose worker died and whose object nobody works on any more: without it they would be shown as running for ever. */
  closeAbandonedRuns(): Promise<void>;
  /** Images that machines may be made from, so that they can be built before the first one is asked for. */
  images(): Promise<string[]>;
  recordReadiness(readiness: Readiness): Promise<void>;
}
