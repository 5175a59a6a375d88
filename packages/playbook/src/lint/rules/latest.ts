import { textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

export const latest: Rule = {
  name: 'latest',
  summary: 'What is checked out has a version.',
  task({ module, args, moduleAt }) {
    if (module !== 'git') return undefined;
    const version = textOf(args.get('version'));
    if (version !== '' && version !== 'HEAD') return undefined;
    return {
      at: moduleAt,
      tag: 'git',
      message: 'what this checks out changes with the day; name a tag or commit in "version"',
    };
  },
};
