import { concat, plain, slice, type Str } from '../text.js';
import { OperandError } from '../errors.js';
import { codePointLength } from './code-points.js';

/** A wider text is refused: a template must not exhaust the memory. */
const MAX_WIDTH = 1_000_000;

/** Fills a text up to `width` code points: `<` text first, `>` text last, `^` in the middle. */
export function pad(text: Str, width: number, align: '<' | '>' | '^', fill: Str = ' '): Str {
  if (width > MAX_WIDTH) throw new OperandError(`a width of ${width} is too large`);
  const missing = Math.max(0, width - codePointLength(text));
  const blanks = (count: number): Str => concat(Array.from({ length: count }, () => fill));
  if (align === '<') return concat([text, blanks(missing)]);
  if (align === '>') return concat([blanks(missing), text]);
  const before = Math.floor(missing / 2);
  return concat([blanks(before), text, blanks(missing - before)]);
}

/** Python's `str.center`, which puts the odd blank on the left when the width is odd. */
export function center(text: Str, width: number, fill: Str = ' '): Str {
  const missing = Math.max(0, width - codePointLength(text));
  const before = Math.floor(missing / 2) + (missing & width & 1);
  return pad(pad(text, codePointLength(text) + before, '>', fill), width, '<', fill);
}

/** Python's `str.zfill`: zeros after the sign. */
export function zeroFill(text: Str, width: number): Str {
  const signed = /^[-+]/.test(plain(text)) ? 1 : 0;
  const digits = slice(text, signed);
  return concat([signed === 1 ? slice(text, 0, 1) : '', pad(digits, width - signed, '>', '0')]);
}
