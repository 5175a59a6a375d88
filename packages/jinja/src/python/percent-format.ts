import { dictGet } from '../dict.js';
import { OperandError } from '../errors.js';
import { concat, isStr, plain, slice, type Str } from '../text.js';
import { PyFloat, pyRepr, Tuple, type Value } from '../values.js';
import { codePointLength, codePointSlice } from './code-points.js';
import { assertDefined } from './compare.js';
import { integer, number, text } from './convert.js';
import { formatFloat } from './format-number.js';
import { asInt, truncate } from './numbers.js';
import { pad } from './pad.js';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.|$)/gsu;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Hands out the values of the right side, one after the other or by name. */
function supply(values: Value) {
  const queue = values instanceof Tuple ? [...values.items] : [values];
  const byName = values instanceof Map;
  return {
    next(): Value {
      const value = queue.shift();
      if (value === undefined) throw new OperandError('not enough arguments for format string');
      return value;
    },
    named(name: string): Value {
      const value = byName ? dictGet(values, name) : undefined;
      if (value === undefined) throw new OperandError(`format requires a mapping with the key '${name}'`);
      return value;
    },
    assertEmpty(): void {
      // Python lets lists and dictionaries be: they could have been asked for by key.
      if (!byName && !Array.isArray(values) && queue.length > 0)
        throw new OperandError('not all arguments converted during string formatting');
    },
  };
}

type Supply = ReturnType<typeof supply>;

function wholeNumber(value: Value, type: string): bigint {
  if (value instanceof PyFloat && !'diu'.includes(type))
    throw new OperandError(`%${type} format: an integer is required, not float`, 'use `| int`');
  if (value instanceof PyFloat) return BigInt(truncate(value.value));
  const int = asInt(value);
  assertDefined(value);
  if (int === undefined) throw new OperandError('%d format: a real number is required', 'use `| int`');
  return BigInt(int);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  if (flags.includes('+')) return '+';
  return flags.includes(' ') ? ' ' : '';
}

const PREFIXES: Partial<Record<string, string>> = { x: '0x', X: '0X', o: '0o' };
const RADIX: Partial<Record<string, number>> = { x: 16, X: 16, o: 8 };

function formatInteger(value: Value, { flags, type, precision, width }: Directive): string {
  const whole = wholeNumber(value, type);
  const digits = (whole < 0n ? -whole : whole).toString(RADIX[type] ?? 10).padStart(precision ?? 0, '0');
  const sign = signOf(whole < 0n, flags) + (flags.includes('#') ? (PREFIXES[type] ?? '') : '');
  const cased = type === 'X' ? digits.toUpperCase() : digits;
  return sign + zeroPadded(cased, flags, width - sign.length);
}

function zeroPadded(digits: string, flags: string, width: number): string {
  return flags.includes('0') && !flags.includes('-') ? digits.padStart(width, '0') : digits;
}

function formatReal(value: Value, { flags, type, precision, width }: Directive): string {
  const real = number(value);
  const sign = signOf(real < 0 || Object.is(real, -0), flags);
  const digits = formatFloat(Math.abs(real), type, precision ?? 6, flags.includes('#'));
  return sign + zeroPadded(digits, flags, width - sign.length);
}

function formatCharacter(value: Value): Str {
  const int = asInt(value);
  if (int !== undefined) {
    if (int < 0 || int > 0x10ffff) throw new OperandError('%c arg not in range(0x110000)');
    return String.fromCodePoint(Number(int));
  }
  if (isStr(value) && codePointLength(value) === 1) return value;
  assertDefined(value);
  throw new OperandError('%c requires int or char', 'give one character');
}

const cut = (value: Str, precision: number | undefined): Str =>
  precision === undefined ? value : codePointSlice(value, 0, precision);

const conversions: Partial<Record<string, (value: Value, directive: Directive) => Str>> = {
  s: (value, { precision }) => cut(text(value), precision),
  r: (value, { precision }) => cut(pyRepr(value), precision),
  a: (value, { precision }) => cut(pyRepr(value), precision),
  c: formatCharacter,
  ...Object.fromEntries(['d', 'i', 'u', 'x', 'X', 'o'].map((type) => [type, formatInteger])),
  ...Object.fromEntries(['e', 'E', 'f', 'F', 'g', 'G'].map((type) => [type, formatReal])),
};

/** The directive that a match stands for; a `*` takes the next value. */
function directiveOf(match: RegExpExecArray, source: Supply): Directive {
  const [, , flags = '', width = '0', precision, type = ''] = match;
  const count = (given: string): number => (given === '*' ? integer(source.next()) : Number(given));
  return {
    flags,
    width: count(width),
    precision: precision === undefined ? undefined : count(precision),
    type,
  };
}

function filledIn(match: RegExpExecArray, source: Supply): Str {
  const directive = directiveOf(match, source);
  if (directive.type === '') throw new OperandError('incomplete format', 'write %% for a percent sign');
  const convert = conversions[directive.type];
  if (convert === undefined) {
    throw new OperandError(`unsupported format character '${directive.type}'`, 'use %s or %d');
  }
  const name = match[1];
  const value = name === undefined ? source.next() : source.named(name);
  return pad(convert(value, directive), directive.width, directive.flags.includes('-') ? '<' : '>');
}

/** Python's `format % values`. Values keep their taint, and so does every literal piece of the format. */
export function percentFormat(format: Str, values: Value): Str {
  const source = supply(values);
  const parts: Str[] = [];
  let from = 0;
  for (const match of plain(format).matchAll(DIRECTIVE)) {
    if (match.index > from) parts.push(slice(format, from, match.index));
    from = match.index + match[0].length;
    parts.push(match[0] === '%%' ? slice(format, from - 1, from) : filledIn(match, source));
  }
  if (from < plain(format).length) parts.push(slice(format, from));
  source.assertEmpty();
  return parts.length === 0 ? format : concat(parts);
}
