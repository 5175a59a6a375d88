import { randomBytes } from 'node:crypto';
import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { pathWord, refuseEscape, globWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { splitLines, trimEnds } from './output-text.js';
import { done, lookFirst, NEXT, type ModuleContext, type ModuleResult, type Step } from '../module.js';

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
  /** The shell that runs it, when the playbook names one. */
  readonly program?: string;
  /** A random word that the command does not know: what our own text prints begins with it. */
  readonly nonce: string;
}

/** Ends the script when there is nothing to do, with a word that says why and the path. */
function skipTest(path: Str, what: 'creates' | 'removes', nonce: string): string {
  refuseEscape(path, what);
  const test = what === 'creates' ? '-e "$1" ] || [ -L "$1"' : '! -e "$1" ] && [ ! -L "$1"';
  const shown = quote(plain(path));
  return `set -- ${globWord(path)}; if [ ${test} ]; then printf '%s' '${nonce} ${what} '${shown}; exit 0; fi; shift "$#"; `;
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

const NOTHING_RUN = { stdout_lines: [], stderr: '', stderr_lines: [], start: null, end: null, delta: null };

const CHDIR_ERRORS: Readonly<Record<string, string>> = {
  2: 'No such file or directory',
  13: 'Permission denied',
  20: 'Not a directory',
};

/** What our own text said: that there was nothing to do, that it only would be done, or that there is no such folder. */
function withoutRunning(said: string, command: ReadyCommand, checkMode: boolean): ModuleResult {
  const [, word = '', path = ''] = /^(\w+) ?([^]*)$/.exec(said) ?? [];
  const returns = { cmd: command.shown, rc: 0, stdout: '', ...NOTHING_RUN };
  if (word === 'chdir') {
    const [, code = '', folder = ''] = /^(\d+) ([^]*)$/.exec(path) ?? [];
    const why = `[Errno ${code}] ${CHDIR_ERRORS[code] ?? ''}: b'${folder}'`;
    const msg = `Unable to change directory before execution: ${why}`;
    return { changed: false, failed: true, msg, returns: { ...returns, rc: null } };
  }
  if (word === 'would') return { changed: true, msg: 'Command would have run if not in check mode', returns };
  const why = word === 'creates' ? 'exists' : 'does not exist';
  const stdout = `skipped, since ${path} ${why}`;
  return {
    changed: false,
    msg: `${checkMode ? 'Would' : 'Did'} not run command since '${path}' ${why}`,
    returns: { ...returns, stdout, stdout_lines: [stdout] },
  };
}

/** A command as one line, which it is where it was not started (Ansible 2.14). */
function asLine({ shown, program }: ReadyCommand): string {
  const words = typeof shown === 'string' ? [program ?? '', '-c', shown] : shown;
  return words.map(quote).join(' ');
}

/** What the system says of a program that cannot be started, as Python words it. */
function startProblem(
  output: RemoteOutput,
  { shown, program = typeof shown === 'string' ? undefined : shown[0] }: ReadyCommand,
): { rc: number; msg: string } | undefined {
  if (program === undefined || (output.rc !== 127 && output.rc !== 126)) return undefined;
  const stderr = output.stderr.toString().trimEnd();
  if (stderr.endsWith(`exec: ${program}: not found`))
    return { rc: 2, msg: `[Errno 2] No such file or directory: b'${program}'` };
  if (stderr.endsWith(`exec: ${program}: Permission denied`))
    return { rc: 13, msg: `[Errno 13] Permission denied: b'${program}'` };
  return undefined;
}

function resultOf(
  output: RemoteOutput,
  command: ReadyCommand,
  args: CommandArguments,
  startedMs: number,
): ModuleResult {
  const now = Date.now();
  const problem = startProblem(output, command);
  if (problem !== undefined) {
    const returns = { cmd: asLine(command), rc: problem.rc, ...NOTHING_RUN, stdout: '' };
    return { changed: false, failed: true, msg: problem.msg, returns };
  }
  const text = (bytes: Buffer) => (args.strip_empty_ends ? trimEnds(bytes.toString()) : bytes.toString());
  const [stdout, stderr] = [text(output.stdout), text(output.stderr)];
  const failed = output.rc !== 0;
  return {
    changed: true,
    ...(failed && { failed }),
    msg: failed ? 'non-zero return code' : '',
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

/** Script text that goes to the folder, and ends when `creates` or `removes` say that there is nothing to do. */
function preconditions({ nonce }: ReadyCommand, args: CommandArguments): string {
  const chdir =
    args.chdir === undefined
      ? ''
      : `set -- ${pathWord(args.chdir, 'chdir')}; cd "$1" 2>/dev/null || { if [ ! -e "$1" ]; then set -- 2 "$1"; elif [ ! -d "$1" ]; then set -- 20 "$1"; else set -- 13 "$1"; fi; ` +
        `printf '%s' '${nonce} chdir '"$1 $2"; exit 1; }; shift; `;
  const creates = args.creates === undefined ? '' : skipTest(args.creates, 'creates', nonce);
  const removes = args.removes === undefined ? '' : skipTest(args.removes, 'removes', nonce);
  return `${chdir}${creates}${removes}`;
}

function run(command: ReadyCommand, args: CommandArguments): string {
  const stdin =
    args.stdin === undefined
      ? { open: '', close: '' }
      : stdinPrelude(plain(args.stdin), args.stdin_add_newline, command.nonce);
  return `${stdin.open}${command.body}${stdin.close}`;
}

/**
 * Sends a command; changed unless `creates` or `removes` say that there is nothing to do. Without one of them it is
 * skipped in check mode (Ansible 2.14).
 */
export function runCommand(
  command: ReadyCommand,
  args: CommandArguments,
  { checkMode }: Pick<ModuleContext, 'checkMode'>,
): Step {
  const startedMs = Date.now();
  if (checkMode && args.creates === undefined && args.removes === undefined) {
    const msg = 'Command would have run if not in check mode';
    const returns = { cmd: command.shown, rc: 0, stdout: '', ...NOTHING_RUN };
    return done({ changed: false, skipped: true, msg, returns });
  }
  const before = preconditions(command, args);
  const interpret = (output: RemoteOutput) => {
    const stdout = output.stdout.toString();
    const own = `${command.nonce} `;
    return done(
      stdout.startsWith(own)
        ? withoutRunning(stdout.slice(own.length), command, checkMode)
        : resultOf(output, command, args, startedMs),
    );
  };
  if (checkMode) return { plan: { script: `${before}printf '%s' '${command.nonce} would'`, interpret } };
  const act = { script: before + run(command, args), isolated: true, interpret };
  const mayHaveNothingToDo = args.creates !== undefined || args.removes !== undefined;
  return mayHaveNothingToDo ? lookFirst(`${before}exit ${NEXT}`, act) : { plan: act };
}

/** A word that nobody can guess, so that no text of a playbook or a tenant contains it. */
export function commandNonce(): string {
  return `tenon-${randomBytes(12).toString('hex')}`;
}

/** Runs a text with another shell, which reads it from a descriptor: the text is in no argv. */
export function textFor(shell: string, text: string, nonce: string): string {
  return `exec ${shell} /dev/fd/4 4<<'${nonce}'\n${text}\n${nonce}\n`;
}
