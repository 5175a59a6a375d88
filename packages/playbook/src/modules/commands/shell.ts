import { isStr, plain } from '@tenon/jinja/text';
import { fitTainted } from '../../shell/fit-tainted.js';
import { expandingWord, refuseEscape } from '../../shell/path-word.js';
import { commandFreeForm, commandOptions, commandReturns } from './command-options.js';
import { defineModule, failure, ModuleError } from '../module.js';
import { commandNonce, runCommand, textFor } from './run-command.js';

const POSIX_SHELLS = /(?:^|\/)(?:sh|bash|dash|ash|ksh|zsh)$/;

export const shell = defineModule({
  name: 'shell',
  checkMode: 'supported',
  summary: 'Runs a text with /bin/sh on the machine.',
  options: {
    ...commandOptions,
    executable: { type: 'path', help: 'Another shell. Default: /bin/sh.' },
  },
  freeForm: commandFreeForm,
  examples: `
- name: write the message
  shell: echo "{{ tenant_message }}" > /var/www/html/index.html
`,
  returns: commandReturns,
  run(args, context) {
    if (!isStr(args.cmd) || plain(args.cmd).trim() === '') return failure('no command given', { rc: 256 });
    const nonce = commandNonce();
    const fitted = fitTainted(args.cmd);
    const text = fitted.prelude + fitted.text;
    const shown = fitted.text;
    if (args.executable === undefined) return runCommand({ body: text, shown, nonce }, args, context);
    if (fitted.text !== plain(args.cmd) && !POSIX_SHELLS.test(plain(args.executable))) {
      throw new ModuleError(
        `refused: ${plain(args.executable)} is no POSIX shell, so tenant data cannot be quoted for it; use /bin/sh`,
      );
    }
    refuseEscape(args.executable, 'executable');
    return runCommand(
      {
        body: textFor(expandingWord(args.executable), text, nonce),
        ...{ shown, nonce, program: plain(args.executable) },
      },
      args,
      context,
    );
  },
});
