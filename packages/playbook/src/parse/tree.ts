import type { Value } from '@tenon/jinja/values';
import type { Module } from '../modules/module.js';
import type { RawArguments } from '../modules/read-arguments.js';
import type { PlayReading } from './play-reading.js';
import type { ParseProblem, Place } from './problem.js';
import type { Role } from './roles/role.js';

/** A bare expression (`when`, `until` …) and where it stands. */
export interface Condition {
  readonly expression: Value;
  readonly at: Place;
  readonly file: string;
}

/** The keywords whose nearest value counts. */
export const REPLACED = [
  'any_errors_fatal',
  'become',
  'become_exe',
  'become_flags',
  'become_method',
  'become_user',
  'check_mode',
  'connection',
  'delegate_facts',
  'delegate_to',
  'diff',
  'ignore_errors',
  'ignore_unreachable',
  'no_log',
  'port',
  'remote_user',
  'run_once',
  'throttle',
  'timeout',
] as const;

export type Replaced = (typeof REPLACED)[number];

/** What children take over from their block, role and play; values are templates still. */
export interface Inherited {
  readonly keywords: Readonly<Partial<Record<Replaced, Value>>>;
  readonly when: readonly Condition[];
  readonly vars: ReadonlyMap<string, Value>;
  /** Outermost first; later ones win. */
  readonly environment: readonly Value[];
  readonly notify: readonly Value[];
  /** Something is prepared for the failure of a task: arguments that are wrong are its own matter then. */
  readonly expectsFailure: boolean;
  /** Texts, which may be templates. */
  readonly tags: readonly Value[];
  /** Outermost first; later ones win. */
  readonly moduleDefaults: readonly Value[];
  readonly role: Role | undefined;
  /** The roles that depend on it or include it, outermost first. */
  readonly roleChain: readonly Role[];
  /** What the old `include: file a=b` gives to its tasks; level 21. */
  readonly includeParams: ReadonlyMap<string, Value>;
  /** Given by include_role to the tasks of the role that it includes. */
  readonly parentRoles: readonly Role[];
}

export interface Loop {
  /** `loop`, or the lookup behind `with_`. */
  readonly kind: string;
  readonly source: Value;
  readonly at: Place;
  readonly variable: Value;
  readonly indexVariable: Value | undefined;
  readonly label: Value | undefined;
  /** In seconds, between two items. */
  readonly pause: Value | undefined;
  readonly extended: Value | undefined;
  readonly allItems: Value | undefined;
}

export interface Retry {
  readonly until: readonly Condition[];
  readonly retries: Value | undefined;
  /** In seconds. */
  readonly delay: Value | undefined;
}

export interface Task extends Inherited {
  readonly kind: 'task';
  readonly name: Value | undefined;
  readonly module: Module;
  /** As the playbook spells it. */
  readonly action: string;
  readonly args: RawArguments;
  /** `args: "{{ dictionary }}"`. */
  readonly moreArgs: Value | undefined;
  readonly loop: Loop | undefined;
  readonly register: string | undefined;
  readonly listen: readonly Value[];
  readonly changedWhen: readonly Condition[];
  readonly failedWhen: readonly Condition[];
  readonly retry: Retry | undefined;
  /** In seconds. */
  readonly async: Value | undefined;
  readonly poll: Value | undefined;
  /** What it has taken over; all that the tasks of a file take over that it includes. */
  readonly parent: Inherited;
  readonly at: Place;
  readonly file: string;
}

export interface Block {
  readonly kind: 'block';
  readonly name: Value | undefined;
  readonly tasks: readonly Work[];
  readonly rescue: readonly Work[];
  readonly always: readonly Work[];
  readonly at: Place;
}

/** Behind the last task of a role: whoever has run one of its tasks has run the role. */
export interface RoleEnd {
  readonly kind: 'role end';
  readonly role: Role;
}

export type Work = Task | Block | RoleEnd;

/** The tasks of a list of work, those inside blocks included. */
export function tasksIn(work: readonly Work[]): Task[] {
  return work.flatMap((item) => {
    if (item.kind === 'task') return [item];
    return item.kind === 'block' ? tasksIn([...item.tasks, ...item.rescue, ...item.always]) : [];
  });
}

/** A question of vars_prompt. */
export interface Prompt {
  readonly name: string;
  readonly text: Value;
  readonly fallback: Value | undefined;
  readonly hidden: boolean;
  readonly confirm: boolean;
  readonly unsafe: boolean;
  /** The hash that is kept instead of what was typed. */
  readonly encrypt: string | undefined;
  readonly salt: string | undefined;
  readonly saltSize: number | undefined;
}

/** What a play says once, as it is written. */
export const PLAY_KEYWORDS = [
  'fact_path',
  'force_handlers',
  'gather_facts',
  'gather_subset',
  'gather_timeout',
  'max_fail_percentage',
  'order',
  'serial',
  'strategy',
] as const;

export interface Play {
  readonly name: Value | undefined;
  readonly hosts: Value;
  readonly keywords: Readonly<Partial<Record<(typeof PLAY_KEYWORDS)[number], Value>>>;
  readonly vars: ReadonlyMap<string, Value>;
  readonly varsFiles: readonly Value[];
  readonly prompts: readonly Prompt[];
  /** In order: pre_tasks, roles and tasks, post_tasks. Handlers run after each. */
  readonly sections: readonly (readonly Work[])[];
  readonly inherited: Inherited;
  /** Goes on to collect what includes bring in while the play runs: handlers, roles. */
  readonly reading: PlayReading;
  /** The folder of the playbook that the play stands in. */
  readonly folder: string;
  readonly file: string;
  readonly at: Place;
}

export interface Playbook {
  readonly path: string;
  readonly plays: readonly Play[];
  /** Every file that was read, the playbook's own first. */
  readonly files: readonly string[];
  readonly deprecations: readonly ParseProblem[];
  readonly warnings: readonly ParseProblem[];
}
