import type { Connection, RemoteLimits, RemoteOutput, RemoteRequest } from '../../transport/transport.js';

/** A request with the way that it takes. */
export interface Shipment {
  readonly connection: Connection;
  readonly request: RemoteRequest;
  readonly limits: RemoteLimits;
}

/**
 * The way of one host's tasks to its machine. A request may be sent behind others that are under way: the machine runs it
 * only when those have ended with 0.
 */
export class Lane {
  /** Counts up whenever the lane begins anew: what was begun before is no base for what comes. */
  epoch = 0;
  private broken = false;
  private connection: Connection | undefined;

  /** Nothing is under way any more that a request could stand behind. */
  beginAnew(): void {
    this.epoch++;
    this.broken = false;
    this.connection = undefined;
  }

  /** Whether a request may stand behind those that are under way. */
  canFollow({ connection }: Shipment): boolean {
    return !this.broken && this.connection === connection;
  }

  /** Rejects as Connection.run. */
  async send({ connection, request, limits }: Shipment, after: 'success' | undefined): Promise<RemoteOutput> {
    this.connection = connection;
    const asked = after === undefined ? request : { ...request, after };
    try {
      const output = await connection.run(asked, limits);
      if (output.rc !== 0 || output.skipped === true || output.ended !== undefined) this.broken = true;
      return output;
    } catch (error) {
      this.broken = true;
      throw error;
    }
  }
}
