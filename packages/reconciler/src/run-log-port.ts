import type { PlaybookEvent } from './configurator-port.js';
import type { ObjectKey } from './object-key.js';

export interface RunStart {
  objectKey: ObjectKey;
  objectLabel: string;
  tenantId: number;
  serviceId: number;
  playbook: string;
  /** Why it runs, for people. */
  trigger: string;
  /** The generation of the object that it applies. */
  objectGeneration: number;
}

export interface RunEnd {
  outcome: 'SUCCEEDED' | 'FAILED' | 'UNREACHABLE' | 'CANCELLED';
  summary: string;
  stats: object;
}

/** An event with its place in the run, from 1. */
export type NumberedEvent = PlaybookEvent & { sequence: number };

/** Where runs are kept. What arrives here has been redacted already. */
export interface RunLog {
  /** Starts a run and closes those of the same object that a dead worker left open. Returns its id. */
  open(start: RunStart): Promise<number>;
  append(runId: number, events: readonly NumberedEvent[]): Promise<void>;
  close(runId: number, end: RunEnd): Promise<void>;
}
