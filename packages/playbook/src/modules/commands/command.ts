import { isStr, plain, spansOf, type Str } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { checkCommands } from '../../shell/command-rules.js';
import { expandingWord } from '../../shell/path-word.js';
import { Word } from '../../shell/simple-command.js';
import { splitShellWords } from '../../shell/split-words.js';
import { commandFreeForm, commandOptions, commandReturns } from './command-options.js';
import { defineModule, failure } from '../module.js';
import { commandNonce, runCommand } from './run-command.js';

/** The rules for tenant data in a shell line hold here as well: `command: sh -c {{ x }}` is no safer. */
function checkWords(words: readonly Str[]): { readonly echoes: boolean } {
  const checked = words.map((text) => {
    const word = new Word(0, 'word');
    for (const span of spansOf(text)) word.add(span.text, span.tainted);
    word.quoted = true;
    return word;
  });
  return { echoes: checkCommands([{ words: checked, pipeline: 0 }]).length > 0 };
}

export const command = defineModule({
  name: 'command',
  checkMode: 'supported',
  summary: 'Runs a program on the machine, without a shell.',
  options: {
    ...commandOptions,
    argv: { type: 'list', help: 'The words of the command, each as it is.' },
    executable: { type: 'path', help: 'Without effect; accepted because old playbooks have it.' },
  },
  freeForm: commandFreeForm,
  examples: `
- command: /usr/sbin/a2enmod rewrite
  args:
    creates: /etc/apache2/mods-enabled/rewrite.load
`,
  returns: commandReturns,
  run(args, context) {
    if (args.argv !== undefined && args.cmd !== undefined)
      return failure('only command or argv can be given, not both', { rc: 256 });
    const words =
      args.argv ??
      (isStr(args.cmd)
        ? splitShellWords(spansOf(args.cmd))
        : args.cmd === undefined
          ? []
          : [pyStr(args.cmd)]);
    if (words.length === 0) return failure('no command given', { rc: 256 });
    const { echoes } = checkWords(words);
    const quoted = words.map(expandingWord);
    // As in shell: echo with tenant data must not read "-n" or backslashes in it.
    const body = echoes
      ? `IFS=' '; set -- ${quoted.slice(1).join(' ')}; printf '%s\\n' "$*"`
      : `exec ${quoted.join(' ')}`;
    return runCommand({ body, shown: words.map(plain), nonce: commandNonce() }, args, context);
  },
});
