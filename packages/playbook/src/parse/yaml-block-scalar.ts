import type { YamlSource } from './yaml-source.js';

interface Header {
  readonly isFolded: boolean;
  /** `+` keeps all line breaks at the end, `-` none, otherwise one stays. */
  readonly chomping: '+' | '-' | '';
  /** How much deeper than its parent the text stands, when that is written. */
  readonly increment: number | undefined;
}

function readHeader(source: YamlSource): Header {
  const start = source.place;
  const isFolded = source.peek() === '>';
  source.index += 1;
  const rest = source.restOfLine();
  const [, first = '', second = ''] = /^([-+]?)([1-9]?)[ \t]*(?:#.*)?$/.exec(rest) ?? [];
  const swapped = /^([1-9])([-+])[ \t]*(?:#.*)?$/.exec(rest);
  const isPlain = first !== '' || second !== '' || /^[ \t]*(?:#.*)?$/.test(rest);
  if (swapped === null && !isPlain) throw source.fault('did not find expected comment or line break', start);
  const digit = swapped?.[1] ?? second;
  const chomping = (swapped?.[2] ?? first) as Header['chomping'];
  source.lineBreak();
  return { isFolded, chomping, increment: digit === '' ? undefined : Number(digit) };
}

/** The depth of the first line that has text; blank lines before it may be deeper, and count. */
function findIndent(source: YamlSource): number {
  const mark = source.mark;
  let deepest = 0;
  do {
    source.blanks(false);
    deepest = Math.max(deepest, source.column);
  } while (source.lineBreak());
  if (source.peek() === '\t')
    throw source.fault('found a tab character where an indentation space is expected');
  source.returnTo(mark);
  return deepest;
}

/** The lines of the text without their indentation; a blank line is ''. Ends at the beginning of a line. */
function readLines(source: YamlSource, indent: number): { lines: string[]; isLastClosed: boolean } {
  const lines: string[] = [];
  let isLastClosed = true;
  for (;;) {
    const mark = source.mark;
    while (source.column < indent && source.peek() === ' ') source.index += 1;
    const next = source.peek();
    if (next === undefined) break;
    if (next !== '\n' && source.column < indent) {
      source.returnTo(mark);
      break;
    }
    lines.push(source.restOfLine());
    isLastClosed = source.lineBreak();
  }
  return { lines, isLastClosed };
}

const isIndented = (line: string): boolean => /^[ \t]/.test(line);

/** Line breaks between lines of text become blanks, but not beside lines that are indented deeper. */
function fold(lines: readonly string[]): string {
  let text = '';
  let previous: string | undefined;
  let breaks = 0;
  for (const line of lines) {
    if (line === '') {
      breaks += 1;
      continue;
    }
    const isFolded = previous !== undefined && !isIndented(previous) && !isIndented(line);
    if (isFolded && breaks === 0) text += ' ';
    else text += '\n'.repeat(breaks + (previous === undefined || isFolded ? 0 : 1));
    text += line;
    previous = line;
    breaks = 0;
  }
  return text;
}

/** Reads a text behind `|` or `>`; `parentIndent` is the column of the collection that it is in. */
export function readBlockScalar(source: YamlSource, parentIndent: number): string {
  const { isFolded, chomping, increment } = readHeader(source);
  const least = Math.max(parentIndent + 1, 1);
  const indent = increment === undefined ? Math.max(least, findIndent(source)) : least + increment - 1;
  const { lines, isLastClosed } = readLines(source, indent);
  const end = lines.findLastIndex((line) => line !== '') + 1;
  const body = lines.slice(0, end);
  const text = isFolded ? fold(body) : body.join('\n');
  const lastBreak = end === 0 || (end === lines.length && !isLastClosed) ? '' : '\n';
  if (chomping === '-') return text;
  return text + lastBreak + (chomping === '+' ? '\n'.repeat(lines.length - end) : '');
}
