import { textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

/** Options that have to match what is in a file. */
const MAY_HAVE_TABS = new Set([
  'after',
  'before',
  'block',
  'content',
  'insertafter',
  'insertbefore',
  'line',
  'regexp',
  'replace',
  'search_string',
  'value',
]);

export const noTabs: Rule = {
  name: 'no-tabs',
  summary: 'Values have no tabs in them.',
  task({ args, moduleAt }) {
    const found = [...args].find(([name, value]) => !MAY_HAVE_TABS.has(name) && /\t|\\t/.test(textOf(value)));
    return found && { at: moduleAt, message: `"${found[0]}" holds a tab; write blanks` };
  },
};
