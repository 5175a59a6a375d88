import type { LintFile } from './lint-file.js';
import type { Finding } from './rule.js';

/** `# noqa`, `# noqa: rule, rule[tag]`: the rules that a line does without; `all` when it names none. */
function rulesIn(line: string): ReadonlySet<string> | undefined {
  const match = /#\s*noqa\b:?([^#]*)/.exec(line);
  if (match === null) return undefined;
  const names = (match[1] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return new Set(names.length === 0 ? ['all'] : names);
}

/** The innermost task around a line: a comment in it speaks for all of it. */
function linesAround(file: LintFile, line: number): number[] {
  const around = file.tasks
    .filter(({ level, at, lastLine }) => level !== 'block' && at.line <= line && line <= lastLine)
    .at(-1);
  if (around === undefined) return [line];
  return Array.from({ length: around.lastLine - around.at.line + 1 }, (_, index) => around.at.line + index);
}

/** Whether a `# noqa` comment on the line, or in the task around it, takes a finding back. */
export function isWaived(file: LintFile, { at, rule, tag }: Finding): boolean {
  return linesAround(file, at.line).some((line) => {
    const rules = rulesIn(file.lines[line - 1] ?? '');
    if (rules === undefined) return false;
    return rules.has('all') || rules.has(rule) || (tag !== undefined && rules.has(`${rule}[${tag}]`));
  });
}
