import { findModule } from '../../modules/registry.js';
import type { Rule } from '../rule.js';

/** Off: this engine has one module of each name, so the short one cannot be mistaken. */
export const fqcn: Rule = {
  name: 'fqcn',
  summary: 'Modules are named in full.',
  optional: true,
  task({ action, moduleAt }) {
    if (action === '' || action.includes('.') || findModule(action) === undefined) return undefined;
    return {
      at: moduleAt,
      tag: 'action-core',
      message: `${action} is a short name; write ansible.builtin.${action}`,
    };
  },
};
