import type { Rule } from '../rule.js';

export const playbookExtension: Rule = {
  name: 'playbook-extension',
  summary: 'Playbooks end in .yml or .yaml.',
  file({ kind, path }) {
    if (kind !== 'playbook' || /\.ya?ml$/.test(path)) return undefined;
    return { at: { line: 1, column: 1 }, message: 'editors do not know this as YAML; name it .yml or .yaml' };
  },
};
