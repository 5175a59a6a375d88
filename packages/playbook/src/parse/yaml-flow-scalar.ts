import type { Place } from './problem.js';
import { isBlankOrEnd, isLineBreak, type YamlSource } from './yaml-source.js';

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const NO_FIRST = new Set(',[]{}#&*!|>\'"%@`');
const BRACKETS = new Set(',[]{}');

/** One line break between words is a blank, each further one stays; so does a first one of Unicode. */
function folded(breaks: string): string {
  if (breaks === '\n') return ' ';
  return breaks.startsWith('\n') ? breaks.slice(1) : breaks;
}

/** Steps over line breaks and what is blank around them; gives the breaks. */
function readBreaks(source: YamlSource): string {
  let breaks = '';
  for (;;) {
    source.blanks(true);
    const found = source.lineBreak();
    breaks += found;
    if (found === '' || source.isDocumentEnd) return breaks;
  }
}

function readEscape(source: YamlSource, start: Place): string {
  const letter = source.peek(1) ?? '';
  const length = CODE_LENGTHS[letter];
  if (length !== undefined) {
    const digits = source.text.slice(source.index + 2, source.index + 2 + length);
    if (digits.length < length || /[^\da-fA-F]/.test(digits) || Number.parseInt(digits, 16) > 0x10_ff_ff)
      throw source.fault('did not find expected hexdecimal number', start);
    source.index += 2 + length;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }
  const character = ESCAPES[letter];
  if (character === undefined)
    throw source.fault(
      `found unknown escape character \\${letter}; write \\\\ or use single quotes`,
      source.place,
    );
  source.index += 2;
  return character;
}

/** A text in quotes. */
export function readQuoted(source: YamlSource): string {
  const start = source.place;
  const quote = source.peek();
  const isDouble = quote === '"';
  let text = '';
  source.index += 1;
  for (;;) {
    const character = source.peek();
    if (character === undefined || source.isDocumentEnd)
      throw source.fault('found unexpected end of stream; close the quote that opens here', start);
    if (character === quote) {
      source.index += 1;
      if (isDouble || source.peek() !== quote) return text;
      text += quote;
      source.index += 1;
    } else if (isDouble && character === '\\') {
      if (isLineBreak(source.peek(1))) {
        source.index += 1;
        text += readBreaks(source).slice(1);
      } else text += readEscape(source, start);
    } else if (isBlankOrEnd(character)) {
      const from = source.index;
      const breaks = readBreaks(source);
      text += breaks === '' ? source.text.slice(from, source.index) : folded(breaks);
    } else {
      text += character;
      source.index += 1;
    }
  }
}

/** Whether a text without quotes may begin here. */
export function beginsPlain(source: YamlSource, inBrackets: boolean): boolean {
  const first = source.peek();
  if (isBlankOrEnd(first) || first === undefined || NO_FIRST.has(first)) return false;
  if (first !== '-' && first !== '?' && first !== ':') return true;
  const next = source.peek(1);
  if (isBlankOrEnd(next)) return false;
  return !inBrackets || first === '-' || (first === ':' && !BRACKETS.has(next ?? ''));
}

/** Whether a plain text ends before this character. */
function endsPlain(source: YamlSource, index: number, inBrackets: boolean): boolean {
  const character = source.text[index] ?? '\n';
  const after = source.text[index + 1];
  if (isLineBreak(character) || (inBrackets && BRACKETS.has(character))) return true;
  return character === ':' && (isBlankOrEnd(after) || (inBrackets && BRACKETS.has(after ?? '')));
}

/** Steps over a line's part of a plain text: up to `: `, ` #`, a bracket inside brackets, or the line's end. */
function readPlainLine(source: YamlSource, inBrackets: boolean): string {
  const { text, index } = source;
  let end = index;
  for (let next = index; !endsPlain(source, next, inBrackets); next += 1) {
    if (isBlankOrEnd(text[next])) continue;
    if (text[next] === '#' && next > end) break;
    end = next + 1;
  }
  source.index = end;
  return text.slice(index, end);
}

/** A text without quotes, over several lines when they stand deeper than `parentIndent`. */
export function readPlain(source: YamlSource, parentIndent: number, inBrackets: boolean): string {
  let text = readPlainLine(source, inBrackets);
  for (;;) {
    const mark = source.mark;
    source.blanks(true);
    const breaks = isLineBreak(source.peek()) ? readBreaks(source) : '';
    const tab = breaks !== '' ? source.tabBefore : -1;
    if (tab !== -1 && tab <= parentIndent)
      throw source.fault('found a tab character that violates indentation; indent with spaces');
    const goesOn =
      breaks !== '' &&
      !source.isDocumentEnd &&
      source.peek() !== '#' &&
      (inBrackets || source.column > parentIndent);
    const line = goesOn ? readPlainLine(source, inBrackets) : '';
    if (line === '') {
      source.returnTo(mark);
      return text;
    }
    text += folded(breaks) + line;
  }
}
