import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { codePointLength } from '../python/code-points.js';
import { exactText, integer, text } from '../python/convert.js';
import { splitLines } from '../python/split.js';
import { define, type Operation } from '../signature.js';
import { concat, hasTaint, plain, tainted } from '../text.js';

const WORD = '[\\p{L}\\p{N}_]';
const LETTER = '[\\p{L}_]';
const PUNCTUATED = `[\\p{L}\\p{N}_!"'&.,?]`;

/** Where Python's textwrap may break a line: at blanks, after hyphens between letters, around dashes. */
const CHUNKS = new RegExp(
  `\\s+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|\\S+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})|(?=\\s|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD}))`,
  'gu',
);

interface Wrapping {
  readonly width: number;
  readonly breaksWords: boolean;
  readonly breaksHyphens: boolean;
}

const isBlank = (chunk: string | undefined): boolean => chunk?.trim() === '';

/** Where a word that is longer than a line is cut: behind a hyphen if one fits. */
function cutOf(word: readonly string[], room: number, breaksHyphens: boolean): number {
  const hyphen = breaksHyphens && room > 0 ? word.lastIndexOf('-', room - 1) : -1;
  return hyphen > 0 && word.slice(0, hyphen).some((each) => each !== '-') ? hyphen + 1 : room;
}

/** Takes from `rest` what fits on one line. */
function takeLine(rest: string[], how: Wrapping): string[] {
  const line: string[] = [];
  let room = how.width;
  for (let next = rest[0]; next !== undefined && codePointLength(next) <= room; next = rest[0]) {
    line.push(next);
    room -= codePointLength(next);
    rest.shift();
  }
  const [long] = rest;
  if (long !== undefined && codePointLength(long) > how.width) {
    if (how.breaksWords) {
      const characters = Array.from(long);
      const cut = cutOf(characters, room, how.breaksHyphens);
      // Where no room is left the piece is empty; it keeps the blanks before it, as in Python.
      line.push(characters.slice(0, cut).join(''));
      rest[0] = characters.slice(cut).join('');
    } else if (line.length === 0) line.push(...rest.splice(0, 1));
  }
  return line;
}

/** Python's `textwrap.wrap` of one line. */
function wrapLine(line: string, how: Wrapping): string[] {
  if (how.width < 1) throw new OperandError(`invalid width ${how.width} (must be > 0)`);
  const rest = how.breaksHyphens ? (line.match(CHUNKS) ?? []) : (line.match(/\s+|\S+/g) ?? []);
  const lines: string[] = [];
  while (rest.length > 0) {
    if (lines.length > 0 && isBlank(rest[0])) rest.shift();
    const taken = takeLine(rest, how);
    if (isBlank(taken.at(-1))) taken.pop();
    if (taken.length > 0) lines.push(taken.join(''));
  }
  return lines;
}

/** Jinja2's `wordwrap`; lines that are there stay lines. */
export const wordWrap: Operation = define(
  ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'],
  (input, [width = 79, breaksWords = true, separator = null, breaksHyphens = true]) => {
    const source = exactText(input);
    const how = {
      width: integer(width),
      breaksWords: truth(breaksWords),
      breaksHyphens: truth(breaksHyphens),
    };
    const lines = splitLines(plain(source), false).map((line) => wrapLine(plain(line), how));
    const between = separator === null ? '\n' : text(separator);
    const marked = lines.map((wrapped) => concat(hasTaint(source) ? wrapped.map(tainted) : wrapped, between));
    return concat(marked, between);
  },
);
