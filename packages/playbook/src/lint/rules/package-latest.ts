import { keyword, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

const PACKAGE_MODULES = new Set(['apt', 'dnf', 'gem', 'npm', 'package', 'pip', 'snap', 'yum']);

export const packageLatest: Rule = {
  name: 'package-latest',
  summary: 'Packages are installed, not upgraded by the way.',
  task(task) {
    if (!PACKAGE_MODULES.has(task.module) || textOf(task.args.get('state')) !== 'latest') return undefined;
    if (keyword(task, 'only_upgrade') !== undefined || task.args.has('only_upgrade')) return undefined;
    return {
      at: task.moduleAt,
      message: 'which version this gives depends on the day; use "state: present", or name a version',
    };
  },
};
