import { readFileSync } from 'node:fs';
import { readLintFile, type LintFile } from './lint-file.js';
import { isWaived } from './noqa.js';
import type { Complaint, Finding, Rule } from './rule.js';
import { RULES } from './rules.js';

/** Which rules are applied. */
export interface LintOptions {
  /** Optional rules that are wanted too. @default none */
  readonly enabled?: readonly string[];
  /** Rules, or `rule[tag]`, that are not wanted. @default none */
  readonly skipped?: readonly string[];
}

function complaintsOf(rule: Rule, file: LintFile): Complaint[] {
  const found = [
    rule.file?.(file),
    ...(rule.play === undefined ? [] : file.plays.map((play) => rule.play?.(play, file))),
    ...(rule.task === undefined ? [] : file.tasks.map((task) => rule.task?.(task, file))),
  ];
  return found.flatMap((each) => each ?? []);
}

/** Everything that the rules dislike in one file, by line. */
export function lintText(path: string, text: string, options: LintOptions = {}): Finding[] {
  const { enabled = [], skipped = [] } = options;
  const file = readLintFile(path, text);
  const isWanted = (rule: Rule) =>
    (rule.optional !== true || enabled.includes(rule.name)) && !skipped.includes(rule.name);
  const findings = RULES.filter(isWanted).flatMap((rule) =>
    complaintsOf(rule, file).map((complaint) => ({ ...complaint, path, rule: rule.name })),
  );
  return findings
    .filter(({ rule, tag }) => tag === undefined || !skipped.includes(`${rule}[${tag}]`))
    .filter((finding) => !isWaived(file, finding))
    .sort((left, right) => left.at.line - right.at.line);
}

/** As lintText, of a file. Throws when it cannot be read. */
export function lintFile(path: string, options: LintOptions = {}): Finding[] {
  return lintText(path, readFileSync(path, 'utf8'), options);
}

/** `path:line: rule[tag]: sentence; what to do`. */
export function describeFinding({ path, at, rule, tag, message }: Finding): string {
  return `${path}:${at.line}: ${rule}${tag === undefined ? '' : `[${tag}]`}: ${message}`;
}
