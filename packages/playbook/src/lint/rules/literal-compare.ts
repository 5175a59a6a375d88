import { conditionsOf } from '../conditions.js';
import type { Rule } from '../rule.js';

export const literalCompare: Rule = {
  name: 'literal-compare',
  summary: 'Nothing is compared with true or false.',
  task: (task) =>
    conditionsOf(task).flatMap(({ text, at }) =>
      /[=!]=\s*(?:true|false)\b/i.test(text)
        ? [{ at, message: `"${text}" compares with a bool; write "when: var", or "when: not var"` }]
        : [],
    ),
};
