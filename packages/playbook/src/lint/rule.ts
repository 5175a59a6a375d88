import type { Place } from '../parse/problem.js';
import type { LintFile } from './lint-file.js';
import type { LintPlay } from './lint-play.js';
import type { LintTask } from './lint-task.js';

/** Something a rule dislikes. */
export interface Complaint {
  readonly at: Place;
  /** Which of the rule's cases it is; shown as `rule[tag]`. */
  readonly tag?: string;
  /** What is wrong; what to do. */
  readonly message: string;
}

type Complaints = Complaint | readonly Complaint[] | undefined;

/** One rule; the names are ansible-lint's where it has the rule. */
export interface Rule {
  readonly name: string;
  /** One sentence for `--list-rules`. */
  readonly summary: string;
  /** Off unless it is asked for with --enable. @default false */
  readonly optional?: true;
  /** Called for each task, handler and block. */
  readonly task?: (task: LintTask, file: LintFile) => Complaints;
  readonly play?: (play: LintPlay, file: LintFile) => Complaints;
  readonly file?: (file: LintFile) => Complaints;
}

/** A complaint with the rule that has it. */
export interface Finding extends Complaint {
  readonly path: string;
  readonly rule: string;
}
