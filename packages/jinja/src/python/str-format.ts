import { OperandError } from '../errors.js';
import { carryTaint, concat, hasTaint, isStr, plain, slice, type Str } from '../text.js';
import { PyFloat, pyRepr, type CallArguments, type Value } from '../values.js';
import { codePointLength, codePointSlice } from './code-points.js';
import { assertDefined } from './compare.js';
import { text } from './convert.js';
import { formatFloat } from './format-number.js';
import { asInt, asNumber } from './numbers.js';
import { pad } from './pad.js';
import { typeName } from './type-name.js';

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly prefix: boolean;
  readonly width: number;
  readonly grouping: string | undefined;
  readonly precision: number | undefined;
  readonly type: string | undefined;
}

function parseSpec(spec: string): Spec {
  const found = SPEC.exec(spec);
  if (found === null)
    throw new OperandError(`Invalid format specifier '${spec}'`, 'use for example {:>8} or {:.2f}');
  const [, fill, align, sign, prefix, zero, width, grouping, precision, type] = found;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? undefined : '='),
    sign: sign ?? '-',
    prefix: prefix !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function group(digits: string, separator: string | undefined, size = 3): string {
  if (separator === undefined) return digits;
  const [whole = '', ...rest] = digits.split('.');
  const grouped = whole.replace(new RegExp(`(?<=\\w)(?=(?:\\w{${String(size)}})+$)`, 'g'), separator);
  return [grouped, ...rest].join('.');
}

const RADIX: Partial<Record<string, [number, string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function integerDigits(whole: bigint, spec: Spec): [string, string] {
  const [radix, prefix] = RADIX[spec.type ?? 'd'] ?? [10, ''];
  const digits = (whole < 0n ? -whole : whole).toString(radix);
  return [
    spec.prefix ? prefix : '',
    group(spec.type === 'X' ? digits.toUpperCase() : digits, spec.grouping, radix === 10 ? 3 : 4),
  ];
}

function floatDigits(value: Value, real: number, spec: Spec): string {
  const size = Math.abs(real);
  if (spec.type === '%') return `${group(formatFloat(size * 100, 'f', spec.precision ?? 6), spec.grouping)}%`;
  if (spec.type === undefined && spec.precision === undefined) {
    return group(plain(text(value)).replace('-', ''), spec.grouping);
  }
  return group(
    formatFloat(size, spec.type === 'n' || spec.type === undefined ? 'g' : spec.type, spec.precision ?? 6),
    spec.grouping,
  );
}

function formatNumber(value: Value, spec: Spec): Str {
  const int = asInt(value);
  const real = asNumber(value) ?? 0;
  const isWhole = int !== undefined && !/[eEfFgG%]/.test(spec.type ?? '') && spec.precision === undefined;
  const [prefix, digits] = isWhole ? integerDigits(BigInt(int), spec) : ['', floatDigits(value, real, spec)];
  const negative = real < 0 || Object.is(real, -0);
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  if (spec.align !== '=') return align(sign + prefix + digits, spec, '>');
  return sign + prefix + digits.padStart(spec.width - sign.length - prefix.length, spec.fill);
}

function align(value: Str, spec: Spec, fallback: '<' | '>'): Str {
  const side = spec.align === '<' || spec.align === '>' || spec.align === '^' ? spec.align : fallback;
  return codePointLength(value) >= spec.width ? value : pad(value, spec.width, side, spec.fill);
}

/** A text with what only numbers have in its specification is wrong. */
function assertTextSpec({ type, sign, prefix, align: side, grouping }: Spec, specText: string): void {
  if (type !== undefined && type !== 's')
    throw new OperandError(`Unknown format code '${type}' for object of type 'str'`, 'use `| int`');
  if (grouping !== undefined) throw new OperandError(`Cannot specify '${grouping}' with 's'.`, 'use `| int`');
  const isSigned = sign !== '-' || /^(?:.?[<>^])?-/su.test(specText);
  const isAligned = side === '=' && specText.includes('=');
  if (isSigned || prefix || isAligned)
    throw new OperandError(`'${specText}' is not allowed in string format specifier`, 'use `| int`');
}

function formatAnyNumber(value: Value, spec: Spec): Str {
  const { type = 'g' } = spec;
  if (type === 's' || (value instanceof PyFloat && 'bcdoxX'.includes(type)))
    throw new OperandError(
      `Unknown format code '${type}' for object of type '${typeName(value)}'`,
      'use a code of the type, or `| int`',
    );
  if (type === 'c') return align(String.fromCodePoint(Number(asInt(value) ?? 0)), spec, '<');
  return formatNumber(value, spec);
}

/** Python's `format(value, spec)`. */
function formatValue(value: Value, specText: string): Str {
  if (specText === '') return text(value);
  assertDefined(value);
  const isNumber = asNumber(value) !== undefined;
  if (!isNumber && !isStr(value))
    throw new OperandError(
      `unsupported format string passed to ${typeName(value)}.__format__`,
      'use `| string`',
    );
  const spec = parseSpec(specText);
  if (isNumber) return formatAnyNumber(value, spec);
  assertTextSpec(spec, specText);
  const whole = text(value);
  return align(spec.precision === undefined ? whole : codePointSlice(whole, 0, spec.precision), spec, '<');
}

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g;
const STEP = /\.(\w+)|\[([^\]]+)\]/g;

/** Finds the values that fields name; reaches elements only, never attributes of what is inside the engine. */
class Fields {
  private automatic = 0;

  constructor(private readonly args: CallArguments) {}

  value(path: string): Value {
    const [, name = '', steps = ''] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
    let value = this.first(name);
    for (const [, attribute, key] of steps.matchAll(STEP)) value = element(value, attribute ?? key ?? '');
    return value;
  }

  private first(name: string): Value {
    const index = name === '' ? this.automatic++ : Number(name);
    const value = Number.isInteger(index) ? this.args.positional[index] : this.args.named.get(name);
    if (value !== undefined) return value;
    if (!Number.isInteger(index)) throw new OperandError(`format needs a value for '${name}'`);
    throw new OperandError(`Replacement index ${index} out of range for positional args tuple`);
  }
}

function element(value: Value, key: string): Value {
  const found = value instanceof Map ? value.get(key) : Array.isArray(value) ? value[Number(key)] : undefined;
  if (found === undefined) throw new OperandError(`format found no element '${key}' in a ${typeName(value)}`);
  return found;
}

/** A format specification with the fields inside it filled in. */
function filledSpec(spec: string, fields: Fields): Str {
  return concat(
    spec.split(/\{([^{}]*)\}/).map((part, index) => (index % 2 === 0 ? part : text(fields.value(part)))),
  );
}

/** Python's `str.format`. Values and the format's own pieces keep their taint. */
export function strFormat(format: Str, args: CallArguments): Str {
  const fields = new Fields(args);
  const parts: Str[] = [];
  let from = 0;
  for (const match of plain(format).matchAll(FIELD)) {
    const [whole, path, conversion, spec = ''] = match;
    parts.push(slice(format, from, match.index));
    from = match.index + whole.length;
    if (path === undefined) {
      if (whole.length === 1)
        throw new OperandError(`Single '${whole}' encountered in format string`, `write '${whole}${whole}'`);
      parts.push(slice(format, from - 1, from));
      continue;
    }
    const value = fields.value(path);
    const inner = filledSpec(spec, fields);
    const formatted = formatValue(
      conversion === 'r' || conversion === 'a' ? pyRepr(value) : value,
      plain(inner),
    );
    parts.push(hasTaint(inner) ? carryTaint(plain(formatted), inner) : formatted);
  }
  parts.push(slice(format, from));
  return concat(parts.filter((part) => typeof part !== 'string' || part !== ''));
}
