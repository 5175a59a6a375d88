import { keyword, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

/** Loops whose items are texts or files: a word is what it says. */
const TAKES_TEXTS = new Set([
  'with_fileglob',
  'with_filetree',
  'with_first_found',
  'with_ini',
  'with_inventory_hostnames',
  'with_lines',
  'with_sequence',
  'with_url',
]);

export const deprecatedBareVars: Rule = {
  name: 'deprecated-bare-vars',
  summary: 'A variable in a loop stands in {{ }}.',
  task(task) {
    for (const [key, { at }] of task.keys) {
      if (!/^(?:loop|with_\w+)$/.test(key) || TAKES_TEXTS.has(key)) continue;
      const text = textOf(keyword(task, key)).trim();
      if (/^[A-Za-z_][\w.]*(?:\[[^\]]*\])*$/.test(text))
        return { at, message: `"${text}" is a text and no variable; write "{{ ${text} }}"` };
    }
    return undefined;
  },
};
