import { hasLoop, keyword, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

const SECRET = /(?:^|_)(?:password|passwd|passphrase|token|secret)$/;
/** Options of such a name that hold none. */
const HARMLESS = new Set(['update_password', 'generate_password']);

export const noLogPassword: Rule = {
  name: 'no-log-password',
  summary: 'Items that hold passwords are not printed.',
  task(task) {
    if (!hasLoop(task) || keyword(task, 'no_log') !== undefined) return undefined;
    const secret = [...task.args].find(
      ([name, value]) => SECRET.test(name) && !HARMLESS.has(name) && textOf(value).includes('item'),
    );
    if (secret === undefined) return undefined;
    return {
      at: task.moduleAt,
      message: `the items of this loop hold "${secret[0]}" and are printed; add "no_log: true"`,
    };
  },
};
