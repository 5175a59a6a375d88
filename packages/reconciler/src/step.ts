import type { Outcome } from '@tenon/service-kit/outcome';

import type { Machine } from './compute-port.js';
import type { Ports } from './ports.js';
import type { Subject } from './subject.js';

/** What is written down after success. */
export interface Applied {
  /** Hash of what was applied; '-' for objects that have no inputs. */
  inputs: string;
  /** Incarnation it was applied to; '-' for objects that live on no machine. */
  on: string;
  /** The machine as it was observed, for instances. */
  machine?: Machine;
}

/** An object that cannot go on now, and why. */
export type Stop = Exclude<Outcome, { kind: 'synced' }>;

/** What acting came to. `gone`: the object is to be deleted, and nothing of it is left in the world. */
export type StepOutcome = Stop | { kind: 'synced'; applied: Applied } | { kind: 'gone' };

/** What looking came to: nothing to do, something in the way, or work with these inputs. */
export type Look = Stop | { kind: 'settled' } | { kind: 'due'; inputs: string };

/** What a step acts with. */
export interface Work<S extends Subject> {
  subject: S;
  ports: Ports;
  /** What `look` found must be applied. */
  inputs: string;
  /** Who holds the lease. */
  owner: string;
  /** Fires when the lease is lost, the object is to be deleted, or the worker stops. */
  signal: AbortSignal;
}

/** One thing that must be true of one kind of object. */
export interface Step<S extends Subject> {
  /** Reads only. It runs without a lease, so that an object that has to wait is not shown as being synchronized. */
  look(subject: S, ports: Ports): Promise<Look>;
  /** Makes it true. Idempotent: it may have been interrupted anywhere before. */
  act(work: Work<S>): Promise<StepOutcome>;
}
