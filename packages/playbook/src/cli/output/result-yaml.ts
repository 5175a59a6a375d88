import { fromJs } from '@tenon/jinja/values';
import { plain } from '@tenon/jinja/text';
import { dumpYaml } from '@tenon/jinja/yaml/dump';
import type { ShownResult } from './shown-result.js';

const WIDTH = 1000;
const LINE_BREAK = /[\n\r\x85\u2028\u2029]/;
const TAB_WIDTH = 8;

function scalar(value: unknown): string {
  const text = plain(dumpYaml(fromJs(value), { indent: 2, flowLeaves: false, sortKeys: true, width: WIDTH }));
  return text.replace(/\n(?:\.\.\.\n)?$/, '');
}

function expandTabs(line: string): string {
  let column = 0;
  return line.replaceAll(/[^\t]+|\t/g, (piece) => {
    const text = piece === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : piece;
    column += text.length;
    return text;
  });
}

/** A text of several lines as a block; readable rather than exact: no tabs, no blanks at the ends of lines. */
function block(text: string, indent: string): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => expandTabs(line.replaceAll(/(?!\t)\p{Cc}/gu, '')).trimEnd());
  const hint = /^[ \n]/.test(lines.join('\n')) ? '2' : '';
  return [`|${hint}-`, ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`))].join('\n');
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function mapping(value: object, indent: string): string {
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return entries
    .map(([key, item]: [string, unknown]) => {
      const nested = typeof item === 'object' && item !== null && !isEmpty(item);
      if (!nested) return `${scalar(key)}: ${node(item, indent)}`;
      const inner = Array.isArray(item) ? indent : `${indent}  `;
      return `${scalar(key)}:\n${inner}${node(item, inner)}`;
    })
    .join(`\n${indent}`);
}

function node(value: unknown, indent: string): string {
  if (typeof value === 'string') return LINE_BREAK.test(value) ? block(value, indent) : scalar(value);
  if (typeof value !== 'object' || value === null || isEmpty(value)) return scalar(value);
  if (Array.isArray(value)) return value.map((item) => `- ${node(item, `${indent}  `)}`).join(`\n${indent}`);
  return mapping(value, indent);
}

function abridged(result: ShownResult): ShownResult {
  const omitted = (name: 'stdout' | 'stderr') =>
    name in result && `${name}_lines` in result ? { [`${name}_lines`]: '<omitted>' } : {};
  return { ...result, ...omitted('stdout'), ...omitted('stderr') };
}

/** The yaml callback's results: `changed=…` in the first line, the rest below. */
export function resultYaml(result: ShownResult): string {
  const { changed, skipped, ...rest } = abridged(result);
  const flag = (name: string, value: unknown) => (typeof value === 'boolean' ? `${name}=${value} ` : '');
  const head = flag('changed', changed) + flag('skipped', skipped);
  if (isEmpty(rest)) return head.trimEnd();
  return `${head}\n  ${mapping(rest, '').split('\n').join('\n  ')}`;
}

/** `ANSIBLE_CALLBACK_RESULT_FORMAT=yaml`: every key below the line, four blanks deep. */
export function indentedYaml(result: ShownResult): string {
  const lines = mapping(abridged(result), '').split('\n');
  return `\n${lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')}`;
}
