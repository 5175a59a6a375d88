import type { PlaybookFolder } from '../modules/module.js';

/** What the lookups of a run may see of the world. */
export interface LookupOptions {
  readonly folder: PlaybookFolder;
  /** Only files below the search path are read, and nothing of the machine that runs the engine: no commands, no environment. */
  readonly confined: boolean;
  /** The folders that relative names are looked for in, nearest first; the last one is the playbook's own. */
  readonly searchPath: () => readonly string[];
  /** The hosts of a pattern, in the inventory's order. */
  readonly hostNames: (pattern: string) => readonly string[];
  /** The plain content of a vaulted text. Default: there is no vault password, and `unvault` fails. */
  readonly decrypt?: (text: string) => Buffer;
}
