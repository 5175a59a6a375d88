import { OperandError } from '../errors.js';
import { plain, slice, type Str } from '../text.js';
import { trim } from './trim.js';

const UNLIMITED = -1;

/** `text.split()`: at runs of blanks, without empty parts; at most `limit` cuts from the left. */
function splitBlanks(text: Str, limit: number): Str[] {
  const parts: Str[] = [];
  let rest = trim(text, { start: true, end: false });
  while (plain(rest) !== '') {
    const blank = plain(rest).search(/\s/);
    if (blank === -1 || parts.length === limit)
      return [...parts, trim(rest, { start: false, end: blank !== -1 && limit === UNLIMITED })];
    parts.push(slice(rest, 0, blank));
    rest = trim(slice(rest, blank), { start: true, end: false });
  }
  return parts;
}

function splitBlanksRight(text: Str, limit: number): Str[] {
  const parts: Str[] = [];
  let rest = trim(text, { start: false, end: true });
  while (plain(rest) !== '') {
    const found = /\s\S*$/.exec(plain(rest));
    if (found === null || parts.length === limit)
      return [found === null ? trim(rest, { start: true, end: false }) : rest, ...parts];
    parts.unshift(slice(rest, found.index + 1));
    rest = trim(slice(rest, 0, found.index), { start: false, end: true });
  }
  return parts;
}

/** Python's `str.split` and `rsplit` with at most `limit` cuts (-1: no limit). Throws for an empty separator. */
export function split(text: Str, separator: string | null, limit = UNLIMITED, fromRight = false): Str[] {
  if (separator === null)
    return fromRight && limit >= 0 ? splitBlanksRight(text, limit) : splitBlanks(text, limit);
  if (separator === '') throw new OperandError('empty separator', 'use `| list` to get the characters');
  const characters = plain(text);
  const cuts: number[] = [];
  let from = characters.indexOf(separator);
  while (from !== -1) {
    cuts.push(from);
    from = characters.indexOf(separator, from + separator.length);
  }
  const used =
    limit < 0 ? cuts : fromRight ? cuts.slice(Math.max(0, cuts.length - limit)) : cuts.slice(0, limit);
  const starts = [0, ...used.map((cut) => cut + separator.length)];
  return starts.map((start, index) => slice(text, start, used[index] ?? characters.length));
}

/** Python's `str.splitlines`. */
export function splitLines(text: Str, keepEnds: boolean): Str[] {
  const characters = plain(text);
  const lines: Str[] = [];
  let from = 0;
  // eslint-disable-next-line no-control-regex -- Python ends lines at these control characters too.
  for (const end of characters.matchAll(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g)) {
    const next = end.index + end[0].length;
    lines.push(slice(text, from, keepEnds ? next : end.index));
    from = next;
  }
  return from < characters.length ? [...lines, slice(text, from)] : lines;
}
