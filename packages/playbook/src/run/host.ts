import type { Value } from '@tenon/jinja/values';
import type { HostStats } from '../events.js';
import type { Task } from '../parse/tree.js';
import type { Connection } from '../transport/transport.js';

/** A failure that may still be rescued. */
export interface HostFailure {
  readonly task: string;
  readonly message: string;
  readonly result: Value;
}

/** Everything that a run finds out about one machine. */
export class Host {
  /** Gathered facts and cacheable set_facts, level 11. */
  readonly facts = new Map<string, Value>();
  /** include_vars, level 18. */
  readonly included = new Map<string, Value>();
  /** set_fact and register, level 19. */
  readonly assigned = new Map<string, Value>();
  readonly notified = new Set<Task>();
  readonly stats: HostStats = {
    ok: 0,
    changed: 0,
    unreachable: 0,
    failed: 0,
    skipped: 0,
    rescued: 0,
    ignored: 0,
  };
  /** Open ways to it, by what was wished for. */
  readonly connections = new Map<string, Promise<Connection>>();
  failure: HostFailure | undefined;
  /** Out of the run: unreachable, failed in an earlier play, or ended by another host's any_errors_fatal. */
  gone = false;
  /** Has ended this play early (meta: end_host, end_play), without fault. */
  ended = false;
  /** How many blocks around the current task have a rescue. */
  rescuers = 0;

  constructor(readonly name: string) {}

  get active(): boolean {
    return !this.gone && !this.ended && this.failure === undefined;
  }
}
