/** What a task has done on a host. `ignored` is a failure with ignore_errors. */
export type TaskStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable' | 'ignored';

/** What happens while a playbook runs, in order. */
export interface RunEvent {
  readonly kind: 'play' | 'task' | 'result' | 'handler' | 'warning' | 'deprecation' | 'recap';
  /** ms since the epoch. */
  readonly at: number;
  readonly host?: string;
  readonly play?: string;
  readonly task?: string;
  readonly module?: string;
  /** The item of a loop, as its label. */
  readonly item?: string;
  readonly status?: TaskStatus;
  readonly durationMs?: number;
  readonly message?: string;
  /** stdout, stderr, rc and what else the module returns; `censored` under no_log. */
  readonly detail?: Readonly<Record<string, unknown>>;
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
}
