import type { Rule } from '../rule.js';

const QUOTED = /'[^']*'|"(?:\\.|[^"\\])*"|\{\{[\s\S]*?\}\}/g;
/** A pipe that is neither `||` nor a redirection (`>|`). */
const PIPE = /(?<![|>])\|(?!\|)/;

export const riskyShellPipe: Rule = {
  name: 'risky-shell-pipe',
  summary: 'A pipe fails when one of its commands fails.',
  task({ module, command = '', moduleAt }) {
    if (module !== 'shell' || !PIPE.test(command.replaceAll(QUOTED, 'x')) || /\bpipefail\b/.test(command))
      return undefined;
    return {
      at: moduleAt,
      message:
        'only the last command of a pipe can fail; begin with "set -o pipefail" and add "executable: /bin/bash"',
    };
  },
};
