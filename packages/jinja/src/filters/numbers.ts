import { OperandError } from '../errors.js';
import { assertUsable, equals } from '../python/compare.js';
import { integer, number, sameKind } from '../python/convert.js';
import { asInt, truncate, toInt, type Int } from '../python/numbers.js';
import { binary } from '../python/operators.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { PyFloat, pyStr, type Value } from '../values.js';

/** Letters behind the 0 that name a radix. */
const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };
const FLOAT = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)$/i;

function readFloat(text: string): number | undefined {
  const digits = text
    .trim()
    .replaceAll(/(?<=\d)_(?=\d)/g, '')
    .toLowerCase();
  if (!FLOAT.test(digits)) return undefined;
  if (digits.includes('inf')) return digits.startsWith('-') ? -Infinity : Infinity;
  return digits.includes('nan') ? NaN : Number(digits);
}

/** The digits without signs that stand between them; undefined when one is none in this radix. */
function digitsOf(written: string, radix: number): readonly number[] | undefined {
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(written)) return undefined;
  const digits = Array.from(written.replaceAll('_', ''), (each) => parseInt(each, 36));
  return digits.every((each) => each < radix) ? digits : undefined;
}

/** The radix and the digits behind its prefix; the radix 0 asks for the one that the prefix names. */
function splitPrefix(written: string, radix: number): { radix: number; digits: string } {
  const [prefix = '', letter = ''] = /^0([box])_?/.exec(written) ?? [];
  const named = PREFIXES[letter];
  if (named !== undefined && (radix === 0 || radix === named))
    return { radix: named, digits: written.slice(prefix.length) };
  // Without a prefix a 0 in front was once an octal number.
  const isRefused = radix === 0 && /^0[\d_]*[1-9]/.test(written);
  return { radix: radix === 0 ? 10 : radix, digits: isRefused ? '' : written };
}

/** Python's `int(text, radix)`. Undefined for what is no number, or no radix. */
function readInteger(text: string, wanted: number): Value | undefined {
  const [, sign, written = ''] = /^([-+]?)(.+)$/s.exec(text.trim().toLowerCase()) ?? [];
  const { radix, digits } = splitPrefix(written, wanted);
  if (radix < 2 || radix > 36) return undefined;
  const size = digitsOf(digits, radix)?.reduce((sum, each) => sum * BigInt(radix) + BigInt(each), 0n);
  return size === undefined ? undefined : toInt(sign === '-' ? -size : size);
}

const toInteger: Operation = define(['default', 'base'], (input, [fallback = 0, base = 10]) => {
  assertUsable(input);
  const found = isStr(input) ? readInteger(plain(input), integer(base)) : asInt(input);
  if (found !== undefined) return typeof found === 'boolean' ? Number(found) : found;
  const real = isStr(input) ? readFloat(plain(input)) : input instanceof PyFloat ? input.value : undefined;
  // Python's int() of nan is a mistake that has a default, that of infinity is not.
  return real === undefined || Number.isNaN(real) ? fallback : truncate(real);
});

const toFloat: Operation = define(['default'], (input, [fallback = new PyFloat(0)]) => {
  assertUsable(input);
  if (isStr(input)) {
    const real = readFloat(plain(input));
    return real === undefined ? fallback : new PyFloat(real);
  }
  const int = asInt(input);
  if (int !== undefined) return new PyFloat(Number(int));
  return input instanceof PyFloat ? input : fallback;
});

/** Rounds halves to the even digit, as Python; works on the decimal digits, so that 2.675 is what it prints. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rounded = value - floor !== 0.5 ? Math.round(value) : floor % 2 === 0 ? floor : floor + 1;
  return rounded === 0 && value < 0 ? -0 : rounded;
}

const ROUNDING: Partial<Record<string, (value: number) => number>> = {
  common: roundHalfEven,
  // Ints in Python, which have no -0.
  ceil: (value) => Math.ceil(value) + 0,
  floor: Math.floor,
};

/** Python's `round` to digits is exact on the binary value, which toFixed is too. */
function commonRound(value: number, digits: number): number {
  return digits > 0 && Math.abs(value) < 1e21
    ? Number(value.toFixed(Math.min(digits, 100)))
    : roundTo(value, digits, roundHalfEven);
}

function roundTo(value: number, digits: number, method: (value: number) => number): number {
  const factor = 10 ** digits;
  return method(value * factor) / factor;
}

const round: Operation = define(['precision', 'method'], (input, [precision = 0, method = 'common']) => {
  const name = isStr(method) ? plain(method) : '';
  const operation = ROUNDING[name];
  if (operation === undefined) throw new OperandError('method must be common, ceil or floor');
  const [value, digits] = [number(input), integer(precision)];
  if (name === 'common') {
    if (asInt(input) === undefined) return new PyFloat(commonRound(value, digits));
    return digits < 0 ? roundTens(BigInt(asInt(input) ?? 0), -digits) : (asInt(input) ?? input);
  }
  const int = asInt(input);
  return int === undefined
    ? new PyFloat(roundTo(value, digits, operation))
    : roundInteger(int, digits, operation);
});

/** An int goes through exact ints as far as it can: `int * 10 ** digits`, rounded, divided. */
function roundInteger(int: Int, digits: number, method: (value: number) => number): Value {
  const factor = binary('**', 10, digits);
  const scaled = binary('*', int, factor);
  return binary('/', scaled instanceof PyFloat ? truncate(method(scaled.value)) : scaled, factor);
}

const logarithm: Operation = define(['base'], (input, [base = new PyFloat(Math.E)]) => {
  const [value, radix] = [number(input), number(base)];
  if (value <= 0 || radix <= 0) throw new OperandError('math domain error', 'give a number above 0');
  if (radix === 1) throw new OperandError('division by zero');
  return new PyFloat(radix === 10 ? Math.log10(value) : Math.log(value) / Math.log(radix));
});

/** An int rounded to tens, hundreds …; halves to the even one. */
function roundTens(value: bigint, zeros: number): Value {
  const unit = 10n ** BigInt(Math.min(zeros, 10_000));
  const rest = ((value % unit) + unit) % unit;
  const floor = (value - rest) / unit;
  const isUp = 2n * rest > unit || (2n * rest === unit && floor % 2n !== 0n);
  return toInt((isUp ? floor + 1n : floor) * unit);
}

/** Python's `math.pow`. */
function mathPower(value: number, exponent: number): PyFloat {
  const result = value ** exponent;
  const isDomain = (value === 0 && exponent < 0) || (Number.isNaN(result) && !Number.isNaN(value + exponent));
  if (isDomain) throw new OperandError('math domain error');
  if (!Number.isFinite(result) && Number.isFinite(value) && Number.isFinite(exponent))
    throw new OperandError('math range error');
  return new PyFloat(result);
}

/** Python looks at the base first; at the number only when there is such a root. */
function root(input: Value, base: Value): PyFloat {
  assertUsable(base);
  if (equals(base, 2)) {
    assertUsable(input);
    if (number(input) < 0) throw new OperandError('math domain error', 'give a number from 0');
    return new PyFloat(Math.sqrt(number(input)));
  }
  const degree = isStr(base) ? readFloat(plain(base)) : number(base);
  if (degree === undefined)
    throw new OperandError(`could not convert string to float: '${plain(pyStr(base))}'`, 'give a number');
  if (degree === 0) throw new OperandError('division by zero');
  assertUsable(input);
  return mathPower(number(input), 1 / degree);
}

const absolute = (input: bigint): bigint => (input < 0n ? -input : input);

/** Filters that give a number. */
export const numberFilters: Record<string, Operation> = {
  abs: define([], (input) =>
    typeof input === 'bigint' ? absolute(input) : sameKind(input, Math.abs(number(input))),
  ),
  float: toFloat,
  int: toInteger,
  log: logarithm,
  pow: define(['power'], (input, [power]) => mathPower(number(input), number(required(power, 'power')))),
  root: define(['base'], (input, [base = 2]) => root(input, base)),
  round,
};
