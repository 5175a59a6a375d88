import { conditionsOf } from '../conditions.js';
import type { Rule } from '../rule.js';

/** Off, as in ansible-lint: `x | length > 0` fails for a number. */
export const emptyStringCompare: Rule = {
  name: 'empty-string-compare',
  summary: 'Nothing is compared with an empty text.',
  optional: true,
  task: (task) =>
    conditionsOf(task).flatMap(({ text, at }) =>
      /[=!]=\s*(?:""|'')/.test(text)
        ? [{ at, message: `"${text}" compares with an empty text; write "var | length > 0", or "== 0"` }]
        : [],
    ),
};
