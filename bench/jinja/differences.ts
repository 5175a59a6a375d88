import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Case } from './case.ts';

/** A difference to Ansible that is known and wanted; docs/reference/jinja-differences.md tells it to people. */
interface Difference {
  /** The heading in the reference. */
  readonly title: string;
  /** Matches the template. Default: every one. */
  readonly template?: string;
  /** Matches our answer, or `error KIND: text`. Default: every one. */
  readonly ours?: string;
  readonly ansible?: string;
  /** Ansible gives the template itself back. */
  readonly echo?: boolean;
  /** The answers are the same but for the last digits of floats. */
  readonly lastDigits?: boolean;
}

const root = join(import.meta.dirname, '..', '..');
const reference = readFileSync(join(root, 'docs', 'reference', 'jinja-differences.md'), 'utf8');

const known = JSON.parse(readFileSync(join(import.meta.dirname, 'differences.json'), 'utf8')) as Difference[];
for (const { title } of known)
  if (!reference.includes(`## ${title}\n`))
    throw new Error(
      `cannot use differences.json: the reference has no heading "${title}"; write it there first`,
    );

const spelled = ({ answer, error, text }: Answer): string => answer ?? `error ${error ?? ''}: ${text ?? ''}`;

const matches = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || new RegExp(pattern, 'siu').test(text);

/** Compared without what `repr` changes. */
const isEcho = (template: string, { answer = '' }: Answer): boolean => letters(answer) === letters(template);

const letters = (text: string): string => text.replaceAll(/\\[nrt]|[\s\\'"]/g, '');

const rounded = (text: string): string =>
  text.replaceAll(/\d+\.\d{9,}(?:e[-+]\d+)?/g, (number) => Number(number).toPrecision(14));

/** The title of the known difference that a case shows; undefined when there is none. */
export function knownDifference(given: Case, mine: Answer, ansible: Answer): string | undefined {
  return known.find(
    (each) =>
      matches(each.template, given.template) &&
      matches(each.ours, spelled(mine)) &&
      matches(each.ansible, spelled(ansible)) &&
      (each.echo !== true || isEcho(given.template, ansible)) &&
      (each.lastDigits !== true || rounded(spelled(mine)) === rounded(spelled(ansible))),
  )?.title;
}
