import { refuseEscape } from './path-word.js';
import { RefusedTask } from './refused-task.js';
import { invocation, type SimpleCommand, type Word } from './simple-command.js';

/** Commands that read their operands as a program, whatever the quoting. */
const EVALUATORS = new Set([
  'eval',
  '.',
  'source',
  'trap',
  'alias',
  'let',
  'declare',
  'typeset',
  'unset',
  'read',
  'mapfile',
  '[[',
]);
/** Commands that run another machine's or user's shell on their operands. */
const REMOTE_SHELLS = new Set([
  'ssh',
  'su',
  'runuser',
  'watch',
  'at',
  'batch',
  'crontab',
  'parallel',
  'script',
]);
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'busybox', 'fish', 'csh', 'tcsh']);
const INTERPRETERS = new Set([
  'perl',
  'python',
  'python3',
  'ruby',
  'node',
  'php',
  'awk',
  'gawk',
  'mawk',
  'sed',
  'lua',
  'tclsh',
  'osascript',
  'psql',
  'mysql',
  'sqlite3',
]);
const WRAPPERS = new Set([
  'sudo',
  'doas',
  'env',
  'exec',
  'command',
  'builtin',
  'nohup',
  'nice',
  'ionice',
  'timeout',
  'setsid',
  'xargs',
  'chroot',
  'stdbuf',
  'flock',
  'find',
]);
/** Commands that never take an operand for an option. */
const NO_OPTIONS = new Set(['test', '[', ':', 'true', 'false', 'case', 'for', 'exit', 'return']);

function baseName(word: Word): string {
  return word.characters.replace(/^.*\//, '');
}

function refuse(why: string, remedy: string): never {
  throw new RefusedTask(`tenant data ${why}`, remedy);
}

const USE_COPY = 'write the data with copy or template and let the command read the file';

/** The names of the programs that a command runs: its own and, behind sudo, env and the like, the next. */
function programs(words: readonly Word[]): string[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const name = baseName(first);
  return WRAPPERS.has(name) ? [name, ...rest.filter((word) => !word.tainted).map(baseName)] : [name];
}

function checkPrograms(words: readonly Word[]): void {
  const names = programs(words);
  const hasCodeFlag = words.some((word) => !word.tainted && /^-\w*[ceErnp]$/.test(word.characters));
  for (const [index, name] of names.entries()) {
    if (index === 0 && EVALUATORS.has(name)) refuse(`would be evaluated by "${name}"`, USE_COPY);
    if (REMOTE_SHELLS.has(name)) refuse(`would be read by the shell that "${name}" starts`, USE_COPY);
    if (SHELLS.has(name) && hasCodeFlag) refuse(`would be part of the program of "${name} -c"`, USE_COPY);
    if (name === 'sed' || /awk$/.test(name))
      refuse(`would be part of the program of "${name}"`, 'use replace or lineinfile, or copy');
    if (INTERPRETERS.has(name) && hasCodeFlag) refuse(`would be part of the program of "${name}"`, USE_COPY);
    if (index > 0 && name === 'echo')
      refuse(`would be read by "echo" behind "${names[0] ?? ''}"`, 'call echo by itself');
  }
}

function checkOptions(name: string, operands: readonly Word[]): void {
  const ends = operands.findIndex((word) => !word.tainted && word.characters === '--');
  for (const [index, word] of operands.entries()) {
    const isOption = word.startsTainted && word.characters.startsWith('-') && (ends < 0 || index < ends);
    if (isOption) refuse(`would be read as an option of "${name}"`, 'put -- in front of it');
  }
}

function checkPrintf(operands: readonly Word[]): void {
  const format = operands.find((word) => word.tainted || word.characters !== '--');
  if (format?.tainted === true) refuse('would be the format of "printf"', `write printf '%s\\n' "…"`);
}

function isEcho(words: readonly Word[]): boolean {
  return words[0] !== undefined && !words[0].tainted && baseName(words[0]) === 'echo';
}

/** The `echo` word that has to become ours, and whether it has `-n`. */
export interface EchoCall {
  readonly word: Word;
  readonly noNewline: boolean;
}

function checkCommand(command: SimpleCommand): EchoCall | undefined {
  for (const word of command.words) {
    if (word.tainted && word.kind === 'descriptor')
      refuse('would name a file descriptor', 'write the number in the playbook');
    if (word.kind === 'target') refuseEscape(word.text, 'the target of a redirection');
  }
  const words = invocation(command);
  const [name, ...operands] = words;
  if (name === undefined || !words.some((word) => word.tainted)) return undefined;
  if (name.tainted) refuse('would name the command', 'name the command in the playbook');
  if (isEcho(words)) {
    const [first] = operands;
    return { word: name, noNewline: first?.tainted === false && first.characters === '-n' };
  }
  checkPrograms(words);
  const program = baseName(name);
  if (program === 'printf') checkPrintf(operands);
  else if (!NO_OPTIONS.has(program)) checkOptions(program, operands);
  return undefined;
}

/** Whether any of the words is tainted, assignments included. */
function hasTaint(command: SimpleCommand): boolean {
  return command.words.some((word) => word.tainted);
}

function checkPipelines(commands: readonly SimpleCommand[]): void {
  const fed = new Set<number>();
  for (const command of commands) {
    const [name] = invocation(command);
    const readsProgram =
      name !== undefined && !name.tainted && (SHELLS.has(baseName(name)) || baseName(name) === 'xargs');
    if (readsProgram && fed.has(command.pipeline))
      refuse(`would be read by "${baseName(name)}" at the end of the pipe`, USE_COPY);
    if (hasTaint(command)) fed.add(command.pipeline);
  }
}

/**
 * Refuses (RefusedTask) every command that would read tenant data as a program, an option or a path of its own.
 * Gives the calls of echo that print tenant data.
 */
export function checkCommands(commands: readonly SimpleCommand[]): EchoCall[] {
  checkPipelines(commands);
  for (const command of commands) {
    const [name] = invocation(command);
    const evaluates = name !== undefined && !name.tainted && name.characters === 'eval';
    if (evaluates && commands.some(hasTaint)) refuse('is in a text that calls "eval"', USE_COPY);
  }
  return commands.flatMap((command) => checkCommand(command) ?? []);
}
