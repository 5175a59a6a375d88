import type { Rule } from '../rule.js';

export const inlineEnvVar: Rule = {
  name: 'inline-env-var',
  summary: 'Environment variables of a command stand in "environment".',
  task({ module, command = '', moduleAt }) {
    if (module !== 'command' || !/^\s*[A-Za-z_]\w*=\S*\s+\S/.test(command)) return undefined;
    return {
      at: moduleAt,
      message: 'a variable in front of a command needs a shell; put it under "environment:"',
    };
  },
};
