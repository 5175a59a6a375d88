import type { ModuleResult } from '../../modules/module.js';
import type { Connection, RemoteLimits, RemoteOutput, RemoteRequest } from '../../transport/transport.js';

/** A request with the way that it takes. */
export interface Shipment {
  readonly connection: Connection;
  readonly request: RemoteRequest;
  readonly limits: RemoteLimits;
}

/** How a task behaves that was begun while those in front of it are under way. */
export interface Ahead {
  /** Sends the task's first request behind those of the tasks in front. */
  send(shipment: Shipment): Promise<RemoteOutput>;
  /** Variables that it has found are seen by those behind it only. */
  keep(found: ModuleResult): void;
  /** It does what must not be done ahead: it begins again in its turn. */
  refuse(): void;
}
