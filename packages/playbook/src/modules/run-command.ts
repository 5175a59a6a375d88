import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { pathWord, refuseEscape, globWord } from '../shell/path-word.js';
import { quote } from '../shell/quote.js';
import type { RemoteOutput } from '../transport/transport.js';
import { splitLines, trimEnds } from './output-text.js';
import { done, type ModuleResult, type Step } from './module.js';

/** The arguments that command and shell share, as they come out of commandOptions. */
export interface CommandArguments {
  readonly chdir: Str | undefined;
  readonly creates: Str | undefined;
  readonly removes: Str | undefined;
  readonly stdin: Str | undefined;
  readonly stdin_add_newline: boolean;
  readonly strip_empty_ends: boolean;
}

/** A command ready to be sent. */
export interface ReadyCommand {
  /** Text that runs it; ends the script. */
  readonly body: string;
  /** As `cmd` in the result. */
  readonly shown: string | readonly string[];
}

/** Told apart from what the command prints by being on a stream that only our own text has written to so far. */
const SKIPPED_RC = 0;
const SKIP_MARK = 'tenon-skipped ';

function skipTest(path: Str, what: 'creates' | 'removes'): string {
  refuseEscape(path, what);
  const shown = quote(plain(path));
  const [test, why] =
    what === 'creates'
      ? ['-e "$1" ] || [ -L "$1"', 'exists']
      : ['! -e "$1" ] && [ ! -L "$1"', 'does not exist'];
  return `set -- ${globWord(path)}; if [ ${test} ]; then printf '%s' '${SKIP_MARK}${why} '${shown}; exit ${SKIPPED_RC}; fi; shift "$#"; `;
}

/** A here-document cannot end within the text, because its delimiter is random. */
function stdinPrelude(text: string, addNewline: boolean, nonce: string): { open: string; close: string } {
  if (!addNewline && !text.endsWith('\n')) return { open: `printf '%s' ${quote(text)} | { `, close: '\n}' };
  const ended = addNewline ? `${text}\n` : text;
  return { open: `exec <<'${nonce}'\n${ended}${nonce}\n`, close: '' };
}

function clock(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '000');
}

function delta(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}000`;
}

function resultOf(
  output: RemoteOutput,
  command: ReadyCommand,
  args: CommandArguments,
  startedMs: number,
): ModuleResult {
  const now = Date.now();
  const text = (bytes: Buffer) => (args.strip_empty_ends ? trimEnds(bytes.toString()) : bytes.toString());
  const [stdout, stderr] = [text(output.stdout), text(output.stderr)];
  const skipped = output.rc === SKIPPED_RC && stdout.startsWith(SKIP_MARK);
  if (skipped) {
    const why = stdout
      .slice(SKIP_MARK.length)
      .replace(/^(exists|does not exist) ([\s\S]*)$/, 'skipped, since $2 $1');
    return {
      changed: false,
      returns: { cmd: command.shown, rc: 0, stdout: why, stdout_lines: [why], stderr: '', stderr_lines: [] },
    };
  }
  const failed = output.rc !== 0;
  return {
    changed: true,
    ...(failed && { failed, msg: 'non-zero return code' }),
    returns: {
      cmd: command.shown,
      rc: output.rc,
      stdout,
      stderr,
      stdout_lines: splitLines(stdout),
      stderr_lines: splitLines(stderr),
      start: clock(startedMs),
      end: clock(now),
      delta: delta(now - startedMs),
    },
  };
}

/** Sends a command; changed unless `creates` or `removes` say that there is nothing to do (Ansible 2.14). */
export function runCommand(command: ReadyCommand, args: CommandArguments, nonce: string): Step {
  const startedMs = Date.now();
  const chdir = args.chdir === undefined ? '' : `cd ${pathWord(args.chdir, 'chdir')} || exit; `;
  const creates = args.creates === undefined ? '' : skipTest(args.creates, 'creates');
  const removes = args.removes === undefined ? '' : skipTest(args.removes, 'removes');
  const stdin =
    args.stdin === undefined
      ? { open: '', close: '' }
      : stdinPrelude(plain(args.stdin), args.stdin_add_newline, nonce);
  return {
    plan: {
      script: `${chdir}${creates}${removes}${stdin.open}${command.body}${stdin.close}`,
      isolated: true,
      interpret: (output) => done(resultOf(output, command, args, startedMs)),
    },
  };
}
