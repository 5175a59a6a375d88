import type { Rule } from '../rule.js';

/** Everything that a shell does and a plain command does not. */
const SHELL_ONLY =
  /[|&;<>()$`*?[\]#~=%{}!\n\\]|^\s*(?:\.|source|cd|set|export|ulimit|umask|type|command|eval|exec)\s/;

export const commandInsteadOfShell: Rule = {
  name: 'command-instead-of-shell',
  summary: 'The shell is used only for what needs one.',
  task({ module, command, args, moduleAt }) {
    if (module !== 'shell' || command === undefined || args.has('executable')) return undefined;
    // What a template gives is no syntax.
    if (SHELL_ONLY.test(command.replaceAll(/\{\{[\s\S]*?\}\}/g, 'x'))) return undefined;
    return { at: moduleAt, message: 'nothing here needs a shell; use "command"' };
  },
};
