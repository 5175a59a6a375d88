import type { LintFile } from '../lint-file.js';
import type { LintTask } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

const NAMES = new Set(['mode', 'directory_mode']);

/** The word that stands at a place of the file. */
function wordAt({ lines }: LintFile, { line, column }: { line: number; column: number }): string {
  return /^[^\s,}#]*/.exec((lines[line - 1] ?? '').slice(column - 1))?.[0] ?? '';
}

function entriesOf({ written }: LintTask) {
  return written?.kind === 'map' ? written.entries : [];
}

export const riskyOctal: Rule = {
  name: 'risky-octal',
  summary: 'A mode is an octal number with a zero in front, in quotes.',
  task(task, file): Complaint[] {
    return entriesOf(task).flatMap(({ key, value }) => {
      if (!NAMES.has(key) || value.kind !== 'scalar' || typeof value.value !== 'number') return [];
      const word = wordAt(file, value.at);
      if (!/^[1-9]\d*$/.test(word)) return [];
      const octal = value.value.toString(8);
      return [
        {
          at: value.at,
          message: `${key}: ${word} is a decimal number and means 0${octal}; write "0${word}" in quotes`,
        },
      ];
    });
  },
};
