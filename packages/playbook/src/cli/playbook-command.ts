import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPlaybook } from '../parse/read-playbook.js';
import type { Playbook } from '../parse/tree.js';
import { readVars } from '../vars/run-vars.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import { listPlaybook } from './list-playbook.js';
import { PLAYBOOK_OPTIONS } from './options/common-options.js';
import { UsageError } from './options/option.js';
import { parseOptions } from './options/parse-options.js';
import type { ParsedOptions } from './options/parsed-options.js';
import { help, type CommandDescription } from './options/usage.js';
import { readPasswords } from './passwords.js';
import { prepare, type Prepared } from './prepare.js';
import { openTransport, runOptionsOf } from './run-options.js';
import { runPlaybooks } from './run-playbooks.js';
import { versionText } from './version.js';

/** `tenon-playbook`. */
export const PLAYBOOK: CommandDescription = {
  name: 'tenon-playbook',
  operands: 'playbook [playbook ...]',
  summary:
    'Runs Ansible playbooks on the hosts they are for, without Python on them. "tenon-playbook lint [PATH ...]" says what is wrong in them.',
  options: PLAYBOOK_OPTIONS,
};

const LISTS = ['list-hosts', 'list-tasks', 'list-tags'];

function checkFiles(paths: readonly string[], cwd: string): void {
  for (const path of paths) {
    const found = statSync(resolve(cwd, path), { throwIfNoEntry: false });
    if (found === undefined) throw new CommandError(`the playbook: ${path} could not be found`);
    if (found.isDirectory()) throw new CommandError(`the playbook: ${path} does not appear to be a file`);
  }
}

function checkOptions(parsed: ParsedOptions): void {
  if (parsed.positionals.length === 0) throw new UsageError('the following arguments are required: playbook');
  const forks = parsed.number('forks');
  if (forks !== undefined && forks < 1)
    throw new CommandError('The number of processes (--forks) must be >= 1', EXIT.usage);
}

/** Throws PlaybookError. */
function readOne(path: string, { invocation, config, extraVars, decrypt }: Prepared): Playbook {
  const text = readFileSync(resolve(invocation.cwd, path), 'utf8');
  const { rolesPath } = config;
  const variables = readVars({ trusted: extraVars });
  return readPlaybook(path, text, { extraVars: variables, rolesPath, confined: false, decrypt });
}

function listAll(
  prepared: Prepared,
  options: { readonly tags: readonly string[]; readonly skipTags: readonly string[] },
): number {
  const { parsed, output } = prepared;
  const wanted = {
    hosts: parsed.has('list-hosts'),
    tasks: parsed.has('list-tasks'),
    tags: parsed.has('list-tags'),
  };
  for (const path of parsed.positionals) {
    const playbook = readOne(path, prepared);
    if (LISTS.some((name) => parsed.has(name))) listPlaybook(playbook, prepared, wanted, options);
    else output.terminal.line(`\nplaybook: ${path}`);
  }
  return EXIT.fine;
}

/** Runs `tenon-playbook`. Rejects with UsageError, CommandError, and what prepare and readPlaybook throw. */
export async function runPlaybookCommand(invocation: Invocation): Promise<number> {
  const parsed = parseOptions(PLAYBOOK_OPTIONS, invocation.words);
  if (parsed.has('help') || parsed.has('version')) {
    invocation.write(`${parsed.has('help') ? help(PLAYBOOK) : versionText(PLAYBOOK.name, invocation)}\n`);
    return EXIT.fine;
  }
  checkOptions(parsed);
  checkFiles(parsed.positionals, invocation.cwd);
  const prepared = await prepare(parsed, invocation);
  const { config, output } = prepared;
  if (output.verbosity > 0) output.terminal.line(usedConfig(config.configFile), 'verbose');
  const words = (name: 'tags' | 'skip-tags') => parsed.list(name).flatMap((list) => list.split(','));
  const tags = parsed.has('tags') ? words('tags') : config.tags.length > 0 ? config.tags : ['all'];
  if ([...LISTS, 'syntax-check'].some((name) => parsed.has(name)))
    return listAll(prepared, {
      tags,
      skipTags: parsed.has('skip-tags') ? words('skip-tags') : config.skipTags,
    });
  const passwords = await readPasswords(parsed, config, invocation);
  const sources = parsed.positionals.map((path) => {
    const full = resolve(invocation.cwd, path);
    return { path: full, text: readFileSync(full, 'utf8') };
  });
  const transport = openTransport(prepared, passwords);
  try {
    return await runPlaybooks(sources, prepared, runOptionsOf(prepared, transport, passwords.become));
  } finally {
    await transport.close();
  }
}

function usedConfig(file: string | undefined): string {
  return file === undefined ? 'No config file found; using defaults' : `Using ${file} as config file`;
}
