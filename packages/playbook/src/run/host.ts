import { fromJs, type Value } from '@tenon/jinja/values';
import type { HostStats } from '../events.js';
import type { InventoryHost } from '../inventory/inventory.js';
import type { Task } from '../parse/tree.js';
import type { Connection } from '../transport/transport.js';
import type { Variables } from '../vars/layered-scope.js';

/** A failure that may still be rescued. */
export interface HostFailure {
  readonly task: string;
  readonly message: string;
  readonly result: Value;
}

/** Everything that a run knows about one machine. */
export class Host {
  readonly name: string;
  /** Level 8 of facts/ansible-semantics section 7. */
  readonly inventoryVars: Variables;
  /** Gathered facts, level 11. */
  readonly facts = new Map<string, Value>();
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
  connection: Connection | undefined;
  failure: HostFailure | undefined;
  /** Out of the run: unreachable, or ended by another host's any_errors_fatal. */
  gone = false;
  /** Has ended this play early (meta: end_host, end_play), without fault. */
  ended = false;

  constructor({ name, vars = {} }: InventoryHost) {
    this.name = name;
    this.inventoryVars = new Map(Object.entries(vars).map(([key, value]) => [key, fromJs(value)]));
  }

  get active(): boolean {
    return !this.gone && !this.ended && this.failure === undefined;
  }
}
