import { pythonRegex } from '@tenon/jinja/python/regex';
import { globRegExp } from './glob.js';
import { isHostAddress } from './host-address.js';
import { InventoryError } from './inventory-error.js';

/** One part of a host pattern: `!web*[0:2]`. */
export interface PatternPart {
  /** `!` takes hosts away, `&` keeps only these. */
  readonly kind: '' | '!' | '&';
  /** Without the sign and the subscript. */
  readonly name: string;
  /** Both ends included; negative ones count from the end. */
  readonly subscript: { readonly start: number; readonly end: number } | undefined;
  /** As written, for error texts. */
  readonly text: string;
}

const SUBSCRIPT = /^(.+)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/s;
const BETWEEN_COLONS = /(?:[^\s:[\]]|\[[^\]]*\])+/g;

/** The parts between commas; without commas, those between colons, unless that is an address (`::1`) or a range. */
export function splitPattern(pattern: string): string[] {
  const parts = pattern.includes(',')
    ? pattern.split(',')
    : isHostAddress(pattern)
      ? [pattern]
      : (pattern.match(BETWEEN_COLONS) ?? []);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Reads one part of a pattern. */
export function readPart(text: string): PatternPart {
  const kind = text.startsWith('!') ? '!' : text.startsWith('&') ? '&' : '';
  const rest = text.slice(kind.length);
  const found = rest.startsWith('~') ? null : SUBSCRIPT.exec(rest);
  if (found === null) return { kind, name: rest, subscript: undefined, text };
  const [, name = '', index, start, end] = found;
  if (index !== undefined) {
    return { kind, name, subscript: { start: Number(index), end: Number(index) }, text };
  }
  return { kind, name, subscript: { start: Number(start), end: end === '' ? -1 : Number(end) }, text };
}

/** Whether a name fits: `~` begins a regular expression of Python, anything else is a glob. Throws InventoryError. */
export function nameTest(pattern: string): (name: string) => boolean {
  try {
    const expression = pattern.startsWith('~')
      ? pythonRegex(String.raw`\A(?:${pattern.slice(1)})`)
      : globRegExp(pattern);
    return (name) => name.search(expression) !== -1;
  } catch (cause) {
    throw new InventoryError(`Invalid host list pattern: ${pattern}`, { cause });
  }
}
