import { wrap } from '../output/wrap.js';
import type { CliOption } from './option.js';

const HELP_COLUMN = 24;
const WIDTH = 79;

/** What a command is for. */
export interface CommandDescription {
  readonly name: string;
  /** What stands behind the options: `playbook [playbook ...]`. */
  readonly operands: string;
  readonly summary: string;
  readonly options: readonly CliOption[];
}

const valueOf = ({ kind, metavar = 'VALUE' }: CliOption) =>
  kind === 'flag' || kind === 'count' ? '' : ` ${metavar}`;

/** `usage: name [-h] [-i INVENTORY] … operands`, wrapped. */
export function usage({ name, operands, options }: CommandDescription): string {
  const head = `usage: ${name} `;
  const margin = ' '.repeat(head.length);
  const words = options.map((option) => `[${option.flags[0] ?? ''}${valueOf(option)}]`);
  const lines: string[] = [];
  let line = '';
  for (const word of [...words, operands]) {
    if (line !== '' && head.length + line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return head + [...lines, line].join(`\n${margin}`);
}

function optionHelp(option: CliOption): string {
  const head = `  ${option.flags.map((flag) => flag + valueOf(option)).join(', ')}`;
  const text = wrap(option.help, WIDTH - HELP_COLUMN);
  const margin = `\n${' '.repeat(HELP_COLUMN)}`;
  return head.length < HELP_COLUMN - 1
    ? head.padEnd(HELP_COLUMN) + text.join(margin)
    : head + margin + text.join(margin);
}

/** What `--help` prints. */
export function help(command: CommandDescription): string {
  const options = command.options.map(optionHelp).join('\n');
  return `${usage(command)}\n\n${wrap(command.summary, WIDTH).join('\n')}\n\noptions:\n${options}`;
}
