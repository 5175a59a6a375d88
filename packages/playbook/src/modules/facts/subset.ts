import type { Printed } from './printed.js';

/** A part of all facts that gather_subset can name, and what has to be read on the machine for it. */
export interface Subset {
  readonly name: string;
  /** Names of its facts that gather_subset takes too. */
  readonly also?: readonly string[];
  /** Gathered even with `!all`. */
  readonly minimal?: true;
  /** Subsets whose facts come along. */
  readonly needs?: readonly string[];
  /** Files to read; globs allowed. All of a run are read by one process. */
  readonly files?: readonly string[];
  /** Paths whose existence matters. */
  readonly paths?: readonly string[];
  /** Links whose targets matter; globs allowed. */
  readonly links?: readonly string[];
  /** Programs to run, each POSIX sh text, by the name under which `read` finds what they print. */
  readonly commands?: Readonly<Record<string, string>>;
  /** The facts, without the prefix `ansible_`. */
  read(printed: Printed): Readonly<Record<string, unknown>>;
}
