import { isLineBreak, type YamlSource } from './yaml-source.js';

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
  } while (source.lineBreak() !== '');
  if (source.peek() === '\t')
    throw source.fault('found a tab character where an indentation space is expected');
  source.returnTo(mark);
  return deepest;
}

/** A line of the text without its indentation ('' when it is blank), and the break behind it ('' at the end). */
interface Line {
  readonly text: string;
  readonly end: string;
}

/** The lines of the text. Ends at the beginning of a line. */
function readLines(source: YamlSource, indent: number): Line[] {
  const lines: Line[] = [];
  for (;;) {
    const mark = source.mark;
    while (source.column < indent && source.peek() === ' ') source.index += 1;
    const next = source.peek();
    if (next === undefined) break;
    if (!isLineBreak(next) && source.column < indent) {
      source.returnTo(mark);
      break;
    }
    lines.push({ text: source.restOfLine(), end: source.lineBreak() });
  }
  return lines;
}

const isIndented = (line: string): boolean => /^[ \t]/.test(line);

const endsOf = (lines: readonly Line[]): string => lines.map(({ end }) => end).join('');

/** Line breaks between lines of text become blanks, but not beside lines that are indented deeper. */
function fold(lines: readonly Line[]): string {
  let text = '';
  let previous: Line | undefined;
  let blank = '';
  for (const line of lines) {
    if (line.text === '') {
      blank += line.end;
      continue;
    }
    const end = previous?.end ?? '';
    const isFolded = previous !== undefined && !isIndented(previous.text) && !isIndented(line.text);
    if (isFolded && end === '\n') text += blank === '' ? ' ' : blank;
    else text += end + blank;
    text += line.text;
    previous = line;
    blank = '';
  }
  return text;
}

/** Reads a text behind `|` or `>`; `parentIndent` is the column of the collection that it is in. */
export function readBlockScalar(source: YamlSource, parentIndent: number): string {
  const { isFolded, chomping, increment } = readHeader(source);
  const least = Math.max(parentIndent + 1, 1);
  const indent = increment === undefined ? Math.max(least, findIndent(source)) : least + increment - 1;
  const lines = readLines(source, indent);
  const count = lines.findLastIndex(({ text }) => text !== '') + 1;
  const [body, blank] = [lines.slice(0, count), lines.slice(count)];
  const lastBreak = body.at(-1)?.end ?? '';
  const text = isFolded ? fold(body) : body.map((line) => line.text + line.end).join('');
  const bare = isFolded || lastBreak === '' ? text : text.slice(0, -1);
  if (chomping === '-') return bare;
  return bare + lastBreak + (chomping === '+' ? endsOf(blank) : '');
}
