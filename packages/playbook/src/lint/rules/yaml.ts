import type { LintFile } from '../lint-file.js';
import type { Complaint, Rule } from '../rule.js';

function ends({ lines, text }: LintFile): Complaint[] {
  if (text !== '' && !text.endsWith('\n'))
    return [
      {
        at: { line: lines.length, column: 1 },
        tag: 'new-line-at-end-of-file',
        message: 'the last line has no end; add one',
      },
    ];
  if (text.endsWith('\n\n'))
    return [
      {
        at: { line: lines.length - 1, column: 1 },
        tag: 'empty-lines',
        message: 'the file ends with empty lines; remove them',
      },
    ];
  return [];
}

function blanks({ lines }: LintFile): Complaint[] {
  return lines.flatMap((line, index) => {
    const at = { line: index + 1, column: line.trimEnd().length + 1 };
    return /[ \t]$/.test(line)
      ? [{ at, tag: 'trailing-spaces', message: 'this line ends with blanks; remove them' }]
      : [];
  });
}

/** What yamllint says through ansible-lint, without what is a matter of taste. */
export const yaml: Rule = {
  name: 'yaml',
  summary: 'The file is tidy YAML.',
  file: (file) => [
    ...ends(file),
    ...blanks(file),
    ...file.problems.warnings.map(({ line, column, message }) => ({
      at: { line, column },
      tag: 'key-duplicates',
      message,
    })),
  ],
};
