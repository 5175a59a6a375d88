import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunEvent } from '../events.js';
import { matchHosts } from '../inventory/match-hosts.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import { ADHOC_OPTIONS } from './options/common-options.js';
import { UsageError } from './options/option.js';
import { parseOptions } from './options/parse-options.js';
import type { ParsedOptions } from './options/parsed-options.js';
import { help, type CommandDescription } from './options/usage.js';
import { resultJson } from './output/result-json.js';
import { wholeResult } from './output/shown-result.js';
import { readPasswords } from './passwords.js';
import { prepare, type Prepared } from './prepare.js';
import { openTransport, runOptionsOf } from './run-options.js';
import { runPlaybooks } from './run-playbooks.js';
import { versionText } from './version.js';

/** `tenon-adhoc`. */
export const ADHOC: CommandDescription = {
  name: 'tenon-adhoc',
  operands: 'pattern',
  summary: 'Runs one module on the hosts of a pattern, without Python on them.',
  options: ADHOC_OPTIONS,
};

/** Modules that do nothing without arguments. */
const NEED_ARGUMENTS = new Set(['command', 'raw', 'script', 'shell', 'win_command', 'win_shell']);
const NOT_ALONE = /^(?:include|import_|meta|include_)/;

/** The arguments as they are written behind the module: text, or a dictionary in JSON. */
function readArguments(written: string): unknown {
  if (!written.trimStart().startsWith('{')) return written;
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}

/** A playbook (JSON is YAML) with the one task. */
function playbookOf(parsed: ParsedOptions, pattern: string): string {
  const module = parsed.text('module-name') ?? 'command';
  const args = readArguments(parsed.text('args') ?? '');
  const background = parsed.number('background');
  const timeout = parsed.number('task-timeout');
  const task = {
    [module]: args === '' ? null : args,
    ...(background !== undefined && { async: background, poll: parsed.number('poll') ?? 15 }),
    ...(timeout !== undefined && { timeout }),
  };
  return JSON.stringify([{ name: 'Ansible Ad-Hoc', hosts: pattern, gather_facts: false, tasks: [task] }]);
}

function check(parsed: ParsedOptions, pattern: string | undefined): asserts pattern is string {
  const module = (parsed.text('module-name') ?? 'command').replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (pattern === undefined) throw new UsageError('the following arguments are required: pattern');
  if (parsed.positionals.length > 1)
    throw new UsageError(`unrecognized arguments: ${parsed.positionals.slice(1).join(' ')}`);
  if (NEED_ARGUMENTS.has(module) && (parsed.text('args') ?? '') === '' && !parsed.has('list-hosts')) {
    const hint = /\.ya?ml$/.test(pattern) ? ' (did you mean to run tenon-playbook?)' : '';
    throw new CommandError(`No argument passed to ${module} module${hint}`, EXIT.options);
  }
  if (NOT_ALONE.test(module))
    throw new CommandError(`'${module}' is not a valid action for ad-hoc commands`, EXIT.options);
}

/** Writes each host's result to a file of its name (`--tree`). */
function treeWriter(folder: string): (event: RunEvent) => void {
  mkdirSync(folder, { recursive: true });
  return (event) => {
    if (event.kind !== 'result' || event.host === undefined) return;
    writeFileSync(join(folder, event.host.replaceAll('/', '_')), resultJson(wholeResult(event)));
  };
}

function listHosts(prepared: Prepared, pattern: string): number {
  const { inventory, output } = prepared;
  const hosts = matched(prepared, pattern).map(({ name }) => `    ${name}`);
  if (inventory.hosts.length > 0 || hosts.length > 0)
    output.terminal.line([`  hosts (${hosts.length}):`, ...hosts].join('\n'));
  return EXIT.fine;
}

function matched({ inventory, limit, output }: Prepared, pattern: string) {
  const onMismatch = (part: string) =>
    output.warnings.warn(`Could not match supplied host pattern, ignoring: ${part}`);
  const within =
    limit === undefined ? undefined : new Set(matchHosts(limit, inventory).map(({ name }) => name));
  return matchHosts(pattern, inventory, { onMismatch }).filter(({ name }) => within?.has(name) !== false);
}

/** Runs `tenon-adhoc`. Rejects with UsageError, CommandError, and what prepare and readPlaybook throw. */
export async function runAdhocCommand(invocation: Invocation): Promise<number> {
  const parsed = parseOptions(ADHOC_OPTIONS, invocation.words);
  if (parsed.has('help') || parsed.has('version')) {
    invocation.write(`${parsed.has('help') ? help(ADHOC) : versionText(ADHOC.name, invocation)}\n`);
    return EXIT.fine;
  }
  const [pattern] = parsed.positionals;
  check(parsed, pattern);
  const prepared = await prepare(parsed, invocation, parsed.has('one-line') ? 'oneline' : 'minimal');
  if (parsed.has('list-hosts')) return listHosts(prepared, pattern);
  if (matched(prepared, pattern).length === 0) {
    prepared.output.warnings.warn('No hosts matched, nothing to do');
    return EXIT.fine;
  }
  const passwords = await readPasswords(parsed, prepared.config, invocation);
  const transport = openTransport(prepared, passwords);
  const options = runOptionsOf(prepared, transport, passwords.become);
  const tree = parsed.text('tree');
  const write = tree === undefined ? undefined : treeWriter(resolve(invocation.cwd, tree));
  const folder = resolve(invocation.cwd, parsed.text('playbook-dir') ?? '.');
  const source = { path: join(folder, '__adhoc_playbook__'), text: playbookOf(parsed, pattern) };
  const onEvent = (event: RunEvent) => {
    write?.(event);
    options.onEvent?.(event);
  };
  try {
    return await runPlaybooks([source], prepared, { ...options, onEvent });
  } finally {
    await transport.close();
  }
}
