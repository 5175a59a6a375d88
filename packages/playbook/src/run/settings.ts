import type { RunEvent } from '../events.js';
import type { Controller } from '../modules/module.js';
import type { Transport } from '../transport/transport.js';
import type { Variables } from '../vars/layered-scope.js';
import type { Decrypt } from '../vault/decrypt.js';
import type { RunInventory } from './run-inventory.js';

/** What a run needs from outside. */
export interface RunSettings {
  readonly transport: Transport;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: RunEvent) => void;
  readonly outputCapBytes: number;
  /** The first playbook's folder. */
  readonly root: string;
  readonly confined: boolean;
  readonly controller: Controller | undefined;
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly startAtTask: string | undefined;
  readonly step: boolean;
  readonly limit: string | undefined;
  readonly forks: number;
  readonly forceHandlers: boolean;
  readonly becomePassword: string | undefined;
  readonly verbosity: number;
  readonly decrypt: Decrypt | undefined;
  /** Level 22. */
  readonly extraVars: Variables;
  readonly inventory: RunInventory;
  /** As `ansible_config_file`. */
  readonly configFile: string | undefined;
  /** As `ansible_playbook_python`. */
  readonly playbookPython: string | undefined;
}
