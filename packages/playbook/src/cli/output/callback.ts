import type { HostStats, RunEvent } from '../../events.js';
import type { Terminal } from './terminal.js';
import type { Warnings } from './warnings.js';

/** What is known when everything has been run. */
export interface RunSummary {
  readonly stats: Readonly<Record<string, HostStats>>;
  /** What set_stats has collected, by host; '' for the run. */
  readonly customStats?: Readonly<Record<string, unknown>>;
}

/** Somebody who tells what happens while playbooks run. */
export interface Callback {
  onEvent(event: RunEvent): void;
  /** After the last playbook. */
  onEnd(summary: RunSummary): void;
}

/** What a callback needs to know of the command. */
export interface OutputSettings {
  readonly terminal: Terminal;
  readonly warnings: Warnings;
  /** How many `-v` there are. */
  readonly verbosity: number;
  readonly displaySkippedHosts: boolean;
  readonly displayOkHosts: boolean;
  /** Failures go to stderr. */
  readonly displayFailedStderr: boolean;
  /** `[CHECK MODE]` and `DRY RUN` in the banners. */
  readonly checkModeMarkers: boolean;
  readonly checkMode: boolean;
  /** How results are written. */
  readonly resultFormat: 'json' | 'yaml';
}
