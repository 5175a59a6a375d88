import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findYamlFiles } from '../lint/find-files.js';
import { describeFinding, lintFile } from '../lint/lint.js';
import { RULES } from '../lint/rules.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import type { CliOption } from './options/option.js';
import { parseOptions } from './options/parse-options.js';
import { help, type CommandDescription } from './options/usage.js';

const OPTIONS: readonly CliOption[] = [
  { flags: ['-h', '--help'], kind: 'flag', help: 'show this help message and exit' },
  { flags: ['-L', '--list-rules'], kind: 'flag', help: 'show the rules and exit' },
  {
    flags: ['-x', '--skip-list'],
    kind: 'list',
    metavar: 'RULES',
    help: 'rules, or rule[tag], that do not count',
  },
  { flags: ['--enable-list'], kind: 'list', metavar: 'RULES', help: 'optional rules that count too' },
  { flags: ['-q', '--quiet'], kind: 'flag', help: 'findings only' },
];

/** `tenon-playbook lint`. */
export const LINT: CommandDescription = {
  name: 'tenon-playbook lint',
  operands: '[PATH ...]',
  summary:
    'Says what in playbooks, tasks and variables is wrong or would surprise somebody. "# noqa: rule" in a task takes a rule back.',
  options: OPTIONS,
};

const words = (lists: readonly string[]) =>
  lists.flatMap((list) => list.split(',')).map((word) => word.trim());

/** Shows what the rules find below the paths (default: here); 2 when they find something, as ansible-lint. */
export function runLint({ words: given, write, writeError, cwd }: Invocation): number {
  const parsed = parseOptions(OPTIONS, given);
  if (parsed.has('help')) {
    write(`${help(LINT)}\n`);
    return EXIT.fine;
  }
  if (parsed.has('list-rules')) {
    for (const { name, summary, optional } of RULES)
      write(`${name}: ${summary}${optional === true ? ' (optional)' : ''}\n`);
    return EXIT.fine;
  }
  const paths = parsed.positionals.length === 0 ? ['.'] : parsed.positionals;
  const missing = paths.find((path) => !existsSync(resolve(cwd, path)));
  if (missing !== undefined)
    throw new CommandError(`cannot lint ${missing}: there is no such file or folder`);
  const options = { enabled: words(parsed.list('enable-list')), skipped: words(parsed.list('skip-list')) };
  const files = findYamlFiles(paths);
  const findings = files.flatMap((file) => lintFile(file, options));
  for (const finding of findings) write(`${describeFinding(finding)}\n`);
  if (!parsed.has('quiet')) writeError(`${files.length} files, ${findings.length} findings\n`);
  return findings.length === 0 ? EXIT.fine : EXIT.failed;
}
