import type { Data } from './variables.ts';

/** A template with its variables, and what it stands for: a value in a task, a file, or a condition. */
export interface Case {
  readonly mode: 'value' | 'file' | 'condition';
  readonly template: string;
  readonly variables: Readonly<Record<string, Data>>;
}

/** What an engine makes of a case: the result as Python's repr, or the kind of the error. */
export interface Answer {
  readonly answer?: string;
  /** UNDEFINED, SYNTAX or OTHER; CRASH: an exception that is no template error; SLOW: more than 5 s. */
  readonly error?: string;
  /** The words of the error. */
  readonly text?: string;
  readonly tookMs?: number;
}

/** Whether two engines agree: the same text, or an error of the same kind. */
export function agree(one: Answer, other: Answer): boolean {
  return one.answer === other.answer && one.error === other.error;
}
