import type { Diff } from './modules/module.js';

/** What a task has done on a host. `ignored` is a failure with ignore_errors. */
export type TaskStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable' | 'ignored';

/**
 * `result` is a task's on one host, or an item's in a loop; `loop` is the whole of a loop after its items; `retry` an
 * attempt that `until` did not take; `included` a file that include_tasks has read, or,
 * without a path, a role of include_role.
 */
export type EventKind =
  | 'play'
  | 'task'
  | 'handler'
  | 'result'
  | 'loop'
  | 'retry'
  | 'included'
  | 'warning'
  | 'deprecation'
  | 'recap';

/** What happens while a playbook runs, in order. */
export interface RunEvent {
  readonly kind: EventKind;
  /** ms since the epoch. */
  readonly at: number;
  readonly host?: string;
  readonly play?: string;
  /** Of a play: whether its hosts wait for each other after every task. */
  readonly strategy?: 'linear' | 'free';
  readonly task?: string;
  readonly module?: string;
  /** The item of a loop, as its label. */
  readonly item?: string;
  readonly status?: TaskStatus;
  readonly durationMs?: number;
  readonly message?: string;
  /** stdout, stderr, rc and what else the module returns; `censored` under no_log. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** `file:line` of the play or task; of an included file, the file. */
  readonly path?: string;
  /** The host that did the work, when the task was delegated. */
  readonly delegatedTo?: string;
  /** Of a retry: how many tries are left. */
  readonly triesLeft?: number;
  /** The hosts that include a file. */
  readonly hosts?: readonly string[];
  /** What was and what is, when the run asks for it. */
  readonly diff?: readonly Diff[];
}

/** Ansible's recap; `ok` counts changed and ignored tasks too. */
export interface HostStats {
  ok: number;
  changed: number;
  unreachable: number;
  failed: number;
  skipped: number;
  rescued: number;
  ignored: number;
}

export interface RunFailure {
  /** '' when the playbook itself is wrong. */
  readonly host: string;
  readonly task: string;
  /** One sentence. */
  readonly message: string;
}

export interface RunResult {
  readonly outcome: 'succeeded' | 'failed' | 'unreachable' | 'cancelled';
  readonly stats: Readonly<Record<string, HostStats>>;
  readonly failures: readonly RunFailure[];
  readonly durationMs: number;
  /** What set_stats has kept, by host; '' for the run. */
  readonly customStats?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
