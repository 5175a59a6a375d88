import type { ConfigureTarget } from './subject.js';

/** One event of a playbook run; the shape of packages/playbook's RunEvent. */
export interface PlaybookEvent {
  kind: string;
  /** Milliseconds since 1970. */
  at: number;
  host?: string;
  play?: string;
  task?: string;
  module?: string;
  item?: string;
  status?: string;
  durationMs?: number;
  message?: string;
  detail?: Record<string, unknown>;
}

export interface ConfigureJob {
  /** Name of the file in the playbooks folder. */
  playbook: string;
  target: ConfigureTarget;
  /** Facts about the machine that we made ourselves. */
  trusted: Record<string, unknown>;
  /** Values of users: data, never code. */
  unsafe: Record<string, unknown>;
  signal: AbortSignal;
  onEvent: (event: PlaybookEvent) => void;
}

export interface ConfigureResult {
  outcome: 'succeeded' | 'failed' | 'unreachable' | 'cancelled';
  /** Counters per host: ok, changed, failed … */
  stats: object;
  failures: readonly { host: string; task?: string; message: string }[];
}

/** Runs playbooks on machines. */
export interface Configurator {
  /** A hash of the playbook with its roles, templates, files and variables. Throws when it cannot be read. */
  hash(playbook: string): Promise<string>;
  run(job: ConfigureJob): Promise<ConfigureResult>;
}
