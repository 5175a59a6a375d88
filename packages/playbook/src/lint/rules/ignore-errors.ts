import { keyword, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

export const ignoreErrors: Rule = {
  name: 'ignore-errors',
  summary: 'Errors are looked at, not ignored.',
  task(task) {
    const entry = task.keys.get('ignore_errors');
    const value = keyword(task, 'ignore_errors');
    if (entry === undefined || value === false || task.keys.has('register')) return undefined;
    if (textOf(value).includes('ansible_check_mode')) return undefined;
    return {
      at: entry.at,
      message: 'whatever goes wrong is ignored; say with "failed_when" what is no failure, or "register" it',
    };
  },
};
