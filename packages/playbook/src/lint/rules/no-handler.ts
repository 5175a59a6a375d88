import { conditionsOf } from '../conditions.js';
import type { Rule } from '../rule.js';

export const noHandler: Rule = {
  name: 'no-handler',
  summary: 'What follows a change is a handler.',
  task(task) {
    if (task.level !== 'task' || task.module === 'debug') return undefined;
    const when = conditionsOf(task).filter(({ keyword }) => keyword === 'when');
    const [only] = when;
    if (only === undefined || when.length > 1) return undefined;
    if (
      !/^\s*\(?\s*[\w.[\]'"]+\s*(?:\.changed|\[['"]changed['"]\]|\bis\s+changed|\|\s*changed)\s*\)?\s*$/.test(
        only.text,
      )
    )
      return undefined;
    return {
      at: only.at,
      message: 'this is done when another task has changed something; make it a handler and "notify" it',
    };
  },
};
