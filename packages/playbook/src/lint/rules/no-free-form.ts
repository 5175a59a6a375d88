import { COMMANDS, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

const BARE = new Set([
  ...COMMANDS,
  'include',
  'include_tasks',
  'import_tasks',
  'import_playbook',
  'import_role',
  'meta',
]);

export const noFreeForm: Rule = {
  name: 'no-free-form',
  summary: 'Arguments are a dictionary, not a line of key=value.',
  task({ module, written, moduleAt, args }) {
    if (written?.kind !== 'scalar' || textOf(written.value).trim() === '') return undefined;
    if (!BARE.has(module))
      return {
        at: moduleAt,
        message: `${module} has its arguments as key=value; write a dictionary, one option a line`,
      };
    const text = textOf(written.value);
    const options = [...args.keys()].filter((key) => text.includes(`${key}=`));
    if (options.length === 0) return undefined;
    return {
      at: moduleAt,
      tag: 'raw-non-string',
      message: `${options.join(', ')} stands inside of the command; put it under "args:"`,
    };
  },
};
