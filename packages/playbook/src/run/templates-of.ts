import type { Attempt } from './attempt.js';
import { Templates } from './run.js';

/** Evaluates what is written at an attempt's task, with the variables of its host at that moment. */
export function templatesOf({ play, task, scope }: Attempt): Templates {
  return new Templates(play.surroundings(task).jinja, scope);
}
