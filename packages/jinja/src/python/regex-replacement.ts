import { OperandError } from '../errors.js';
import { carryTaint, concat, plain, slice, slicer, type Str } from '../text.js';

const PIECE = /\\(?:g<(\w+)>|([1-9]\d?)|([^\d]|0[0-7]{0,2}))/gs;

/** The text that a group matched, with its taint; undefined when the group took no part. */
export function groupText(match: RegExpExecArray, text: Str, group: number | string): Str | undefined {
  const exists = typeof group === 'number' ? group < match.length : Object.hasOwn(match.groups ?? {}, group);
  if (!exists) throw new OperandError(`no such group: ${group}`, 'name a group of the pattern');
  const range = typeof group === 'number' ? match.indices?.[group] : match.indices?.groups?.[group];
  return range && slice(text, range[0], range[1]);
}

function reference(match: RegExpExecArray, text: Str, name: string): Str {
  const isNumber = /^\d+$/.test(name);
  const exists = isNumber ? Number(name) < match.length : Object.hasOwn(match.groups ?? {}, name);
  if (!exists)
    throw new OperandError(
      `invalid group reference ${name} in the replacement`,
      'name a group of the pattern',
    );
  return groupText(match, text, isNumber ? Number(name) : name) ?? '';
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** An escape of a replacement: letters must mean something, other characters keep their backslash. */
function readEscape(escape: string): string {
  const character = escape.slice(1);
  if (character === '\\') return '\\';
  if (/^0/.test(character)) return String.fromCodePoint(parseInt(character, 8));
  if (!/^[A-Za-z]/.test(character)) return escape;
  const found = ESCAPES[character];
  if (found === undefined) throw new OperandError(`bad escape ${escape}`, 'write the backslash twice');
  return found;
}

/** What a match becomes: `\1`, `\g<name>` and escapes of the replacement filled in; all pieces keep their taint. */
export function expand(replacement: Str, match: RegExpExecArray, text: Str): Str {
  const characters = plain(replacement);
  if (!characters.includes('\\')) return replacement;
  const parts: Str[] = [];
  let from = 0;
  for (const piece of characters.matchAll(PIECE)) {
    const [whole, name, number, escaped] = piece;
    parts.push(slice(replacement, from, piece.index));
    from = piece.index + whole.length;
    const written = slice(replacement, piece.index, from);
    parts.push(
      escaped === undefined
        ? reference(match, text, name ?? number ?? '0')
        : carryTaint(readEscape(whole), written),
    );
  }
  return concat([...parts, slice(replacement, from)]);
}

/** A replacement that names a group that is not there is wrong, whether something matches or not. */
function assertGroups(regex: RegExp, replacement: Str): void {
  if (!plain(replacement).includes('\\')) return;
  const groups = new RegExp(`${regex.source}|`, regex.flags).exec('');
  if (groups !== null) expand(replacement, groups, '');
}

/** Python's `re.sub`: at most `limit` times (0: everywhere). */
export function substitute(regex: RegExp, replacement: Str, text: Str, limit = 0): Str {
  assertGroups(regex, replacement);
  const piece = slicer(text);
  const parts: Str[] = [];
  let from = 0;
  for (const match of plain(text).matchAll(regex)) {
    if (limit > 0 && parts.length >= 2 * limit) break;
    parts.push(piece(from, match.index), expand(replacement, match, text));
    from = match.index + match[0].length;
  }
  return from === 0 && parts.length === 0 ? text : concat([...parts, piece(from)]);
}
