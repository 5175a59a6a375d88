import type { Rule } from '../rule.js';

export const deprecatedLocalAction: Rule = {
  name: 'deprecated-local-action',
  summary: 'What is done here is delegated to localhost.',
  task({ keys }) {
    const entry = keys.get('local_action');
    return (
      entry && {
        at: entry.at,
        message: 'local_action is an old spelling; write the module and "delegate_to: localhost"',
      }
    );
  },
};
