import type { Value } from '@tenon/jinja/values';
import type { Module } from '../modules/module.js';
import type { RawArguments } from '../modules/read-arguments.js';
import type { ParseProblem, Place } from './problem.js';

/** A bare expression (`when`, `until` …) and where it stands. */
export interface Condition {
  readonly expression: Value;
  readonly at: Place;
}

/** What children take over from their block and play; values are templates still. */
export interface Inherited {
  readonly when: readonly Condition[];
  readonly vars: ReadonlyMap<string, Value>;
  /** Outermost first; later ones win. */
  readonly environment: readonly Value[];
  readonly notify: readonly Value[];
  readonly become: Value | undefined;
  readonly becomeUser: Value | undefined;
  readonly ignoreErrors: Value | undefined;
  readonly ignoreUnreachable: Value | undefined;
  readonly noLog: Value | undefined;
  readonly anyErrorsFatal: Value | undefined;
  /** In seconds. */
  readonly timeout: Value | undefined;
  readonly delegateTo: Value | undefined;
  readonly tags: readonly string[];
}

export interface Loop {
  /** `loop` takes a list; `with_items` flattens one level and takes a single value too. */
  readonly kind: 'loop' | 'items' | 'list' | 'dict';
  readonly source: Value;
  readonly at: Place;
  readonly variable: string;
  readonly indexVariable: string | undefined;
  readonly label: Value | undefined;
  /** In seconds, between two items. */
  readonly pause: Value | undefined;
  readonly extended: Value | undefined;
}

export interface Retry {
  readonly until: readonly Condition[];
  readonly retries: Value | undefined;
  readonly delay: Value | undefined;
}

export interface Task extends Inherited {
  readonly kind: 'task';
  readonly name: Value | undefined;
  readonly module: Module;
  readonly args: RawArguments;
  /** `args: "{{ dictionary }}"`. */
  readonly moreArgs: Value | undefined;
  readonly loop: Loop | undefined;
  readonly register: string | undefined;
  readonly listen: readonly string[];
  readonly changedWhen: readonly Condition[];
  readonly failedWhen: readonly Condition[];
  readonly retry: Retry | undefined;
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

export type Work = Task | Block;

/** The tasks of a list of work, those inside blocks included. */
export function tasksIn(work: readonly Work[]): Task[] {
  return work.flatMap((item) =>
    item.kind === 'task' ? [item] : tasksIn([...item.tasks, ...item.rescue, ...item.always]),
  );
}

export interface Play {
  readonly name: Value | undefined;
  readonly hosts: Value;
  readonly vars: ReadonlyMap<string, Value>;
  readonly varsFiles: readonly Value[];
  readonly gatherFacts: Value;
  readonly forceHandlers: Value | undefined;
  /** In order: pre_tasks, tasks, post_tasks. Handlers run after each. */
  readonly sections: readonly (readonly Work[])[];
  readonly handlers: readonly Task[];
  readonly inherited: Inherited;
  readonly file: string;
  readonly at: Place;
}

export interface Playbook {
  readonly path: string;
  readonly plays: readonly Play[];
  readonly deprecations: readonly ParseProblem[];
  readonly warnings: readonly ParseProblem[];
}
