import { isStr, plain } from '@tenon/jinja/text';
import { fitTainted } from '../../shell/fit-tainted.js';
import { expandingWord, refuseEscape } from '../../shell/path-word.js';
import { defineModule, done, failure } from '../module.js';
import { splitLines } from './output-text.js';
import { commandNonce, textFor } from './run-command.js';

export const raw = defineModule({
  name: 'raw',
  summary: 'Sends a command as it is.',
  options: {
    cmd: { type: 'raw', help: 'The command.' },
    executable: { type: 'path', help: 'Another shell. Default: /bin/sh.' },
  },
  freeForm: ['executable'],
  examples: `
- raw: uname -a
`,
  returns: {
    rc: 'The exit status.',
    stdout: 'Output.',
    stdout_lines: 'stdout as a list.',
    stderr: 'Errors.',
    stderr_lines: 'stderr as a list.',
  },
  run(args) {
    if (!isStr(args.cmd) || plain(args.cmd).trim() === '') return failure('no command given', { rc: 256 });
    const fitted = fitTainted(args.cmd);
    const text = fitted.prelude + fitted.text;
    if (args.executable !== undefined) refuseEscape(args.executable, 'executable');
    const shell = args.executable === undefined ? undefined : expandingWord(args.executable);
    return {
      plan: {
        script: shell === undefined ? text : textFor(shell, text, commandNonce()),
        isolated: true,
        interpret(output) {
          const [stdout, stderr] = [output.stdout.toString(), output.stderr.toString()];
          const failed = output.rc !== 0;
          return done({
            changed: true,
            ...(failed && { failed, msg: 'non-zero return code' }),
            returns: {
              ...{ rc: output.rc, stdout, stderr },
              ...{ stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) },
            },
          });
        },
      },
    };
  },
});
