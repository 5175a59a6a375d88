import { fromJs, markUnsafe } from '@tenon/jinja/values';
import type { Variables } from './layered-scope.js';

/** The variables that a run is given; they win over all others (Ansible: extra vars). */
export interface Vars {
  /** May hold templates. */
  readonly trusted?: Readonly<Record<string, unknown>>;
  /** What tenants wrote: never templated, never read by a shell. Wins over a trusted variable of the same name. */
  readonly unsafe?: Readonly<Record<string, unknown>>;
}

/** The variables as templates see them. Throws TypeError for what is no plain data. */
export function readVars({ trusted = {}, unsafe = {} }: Vars): Variables {
  return new Map([
    ...Object.entries(trusted).map(([name, value]) => [name, fromJs(value)] as const),
    ...Object.entries(unsafe).map(([name, value]) => [name, markUnsafe(fromJs(value))] as const),
  ]);
}
