import { basename } from 'node:path';
import { isStr, plain, spansOf, type Str } from '@tenon/jinja/text';
import { globWord, pathWord, refuseEscape } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { splitShellWords } from '../../shell/split-words.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { defineModule, done, failure, ModuleError, type ModuleResult } from '../module.js';
import { splitLines } from './output-text.js';
import { commandNonce } from './run-command.js';

interface ScriptCall {
  readonly content: Buffer;
  readonly name: string;
  readonly words: readonly Str[];
  readonly executable: Str | undefined;
  readonly chdir: Str | undefined;
}

/** Ends the script when there is nothing to do, with a word that says why. */
function skipTests(creates: Str | undefined, removes: Str | undefined, nonce: string): string {
  const test = (path: Str, what: string, condition: string) => {
    refuseEscape(path, what);
    return `set -- ${globWord(path)}; if ${condition}; then printf '${nonce} ${what}'; exit 0; fi; `;
  };
  return (
    (creates === undefined ? '' : test(creates, 'creates', '[ -e "$1" ] || [ -L "$1" ]')) +
    (removes === undefined ? '' : test(removes, 'removes', '[ ! -e "$1" ] && [ ! -L "$1" ]'))
  );
}

/**
 * The script comes with the text that runs it, goes into a folder that only its user can read, and leaves with it when it has
 * ended, whatever ended it.
 */
function execution({ content, name, words, executable, chdir }: ScriptCall, nonce: string): string {
  const operands = words.slice(1).map((word) => quote(plain(word)));
  const runner =
    executable === undefined ? [] : splitShellWords(spansOf(executable)).map((word) => quote(plain(word)));
  const path = `"$t/"${quote(name)}`;
  const go = chdir === undefined ? '' : `cd ${pathWord(chdir, 'chdir')} || exit; `;
  return (
    `t=$(umask 077; mktemp -d) || exit; trap 'rm -rf -- "$t"' EXIT; trap 'exit 143' HUP TERM INT\n` +
    `base64 -d >${path} <<'${nonce}'\n${content.toString('base64')}\n${nonce}\n` +
    `chmod u+x -- ${path} || exit; ${go}${[...runner, path, ...operands].join(' ')}`
  );
}

function interpret(
  output: RemoteOutput,
  { creates, removes }: { creates: Str | undefined; removes: Str | undefined },
  nonce: string,
): ModuleResult {
  const [stdout, stderr] = [output.stdout.toString(), output.stderr.toString()];
  if (stdout === `${nonce} would`) return { changed: true };
  if (stdout === `${nonce} creates`)
    return { changed: false, skipped: true, msg: `${plain(creates ?? '')} exists, matching creates option` };
  if (stdout === `${nonce} removes`)
    return {
      changed: false,
      skipped: true,
      msg: `${plain(removes ?? '')} does not exist, matching removes option`,
    };
  const failed = output.rc !== 0;
  return {
    changed: true,
    ...(failed && { failed, msg: 'non-zero return code' }),
    returns: {
      ...{ rc: output.rc, stdout, stderr },
      ...{ stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) },
    },
  };
}

export const script = defineModule({
  name: 'script',
  summary: 'Runs a script that lies beside the playbook.',
  checkMode: 'supported',
  options: {
    cmd: { type: 'raw', help: 'The script (files/) and its arguments.' },
    chdir: { type: 'str', help: 'Go into this folder first; a whole path.' },
    creates: { type: 'str', help: 'Do nothing when this path exists.' },
    removes: { type: 'str', help: 'Do nothing when this path does not exist.' },
    executable: { type: 'str', help: "What runs it. Default: what the script's first line says." },
    decrypt: { type: 'bool', default: true, help: 'Decrypt a script that is encrypted with the vault.' },
  },
  freeForm: ['chdir', 'creates', 'removes', 'executable', 'decrypt'],
  reads: { option: 'cmd', folder: 'files' },
  examples: `
- script: setup.sh --name "{{ name }}"
  args:
    creates: /var/lib/done
`,
  returns: {
    rc: 'The exit status.',
    stdout: 'Output.',
    stderr: 'Errors.',
    stdout_lines: 'stdout as a list.',
    stderr_lines: 'stderr as a list.',
  },
  async run(args, { folder, checkMode }) {
    if (!isStr(args.cmd)) return failure('no command given');
    const words = splitShellWords(spansOf(args.cmd));
    const [source] = words;
    if (source === undefined) return failure('no command given');
    if (args.chdir !== undefined && !plain(args.chdir).startsWith('/'))
      throw new ModuleError(
        `chdir ${plain(args.chdir)} must be an absolute path for a Unix-aware remote node`,
      );
    const path = await folder.find(source, 'files');
    const { creates, removes, executable, chdir } = args;
    const isConditional = creates !== undefined || removes !== undefined;
    if (checkMode && !isConditional)
      return done({ changed: false, skipped: true, msg: 'Check mode is not supported for this task.' });
    const call = { content: await folder.read(path), name: basename(path), words, executable, chdir };
    const nonce = commandNonce();
    const tests = skipTests(creates, removes, nonce);
    return {
      plan: {
        script: tests + (checkMode ? `printf '${nonce} would'` : execution(call, nonce)),
        isolated: true,
        interpret: (output) => done(interpret(output, { creates, removes }, nonce)),
      },
    };
  },
});
