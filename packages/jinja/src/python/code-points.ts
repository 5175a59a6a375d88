import { isStr, plain, slice, type Str } from '../text.js';

const SURROGATE = /[\ud800-\udfff]/;

/**
 * Where each code point begins, in UTF-16 units, plus the end; null when every character is one unit.
 * Python counts code points, JavaScript UTF-16 units.
 */
function boundaries(text: string): number[] | null {
  if (!SURROGATE.test(text)) return null;
  const starts: number[] = [];
  let offset = 0;
  for (const character of text) {
    starts.push(offset);
    offset += character.length;
  }
  return [...starts, offset];
}

/** The number of code points, as Python's `len`. */
export function codePointLength(text: Str): number {
  const points = boundaries(plain(text));
  return points === null ? plain(text).length : points.length - 1;
}

/** The part from code point `start` to `end` (both ≥ 0, cut at the length). */
export function codePointSlice(text: Str, start: number, end: number): Str {
  const points = boundaries(plain(text));
  if (points === null) return slice(text, start, Math.max(start, end));
  const last = points.length - 1;
  return slice(text, points[Math.min(start, last)] ?? 0, points[Math.min(Math.max(start, end), last)] ?? 0);
}

/** The text as a list of one-character texts. */
export function codePoints(text: Str): Str[] {
  if (typeof text === 'string') return Array.from(text);
  let offset = 0;
  return Array.from(text.value, (character) => {
    offset += character.length;
    return slice(text, offset - character.length, offset);
  });
}

/** The code point index of a UTF-16 offset; for results of `find` and the like. */
export function codePointIndex(text: Str, offset: number): number {
  return offset < 0 || !isStr(text) ? offset : codePointLength(plain(text).slice(0, offset));
}

/** The UTF-16 offset of a code point index. */
export function unitOffset(text: Str, index: number): number {
  const points = boundaries(plain(text));
  return points === null ? index : (points[Math.min(index, points.length - 1)] ?? 0);
}
