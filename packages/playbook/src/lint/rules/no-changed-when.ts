import { COMMANDS } from '../lint-task.js';
import type { Rule } from '../rule.js';

export const noChangedWhen: Rule = {
  name: 'no-changed-when',
  summary: 'A command says when it changes something.',
  task({ module, keys, args, level, moduleAt }) {
    if (!COMMANDS.has(module) || level === 'handler') return undefined;
    if (keys.has('changed_when') || args.has('creates') || args.has('removes')) return undefined;
    return {
      at: moduleAt,
      message: 'this counts as changed in every run; add "changed_when", "creates" or "removes"',
    };
  },
};
