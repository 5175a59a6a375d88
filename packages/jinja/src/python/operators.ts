import { OperandError } from '../errors.js';
import { concat, isStr, plain, type Str } from '../text.js';
import { HostObject, PyFloat, Tuple, type Value } from '../values.js';
import { assertUsable, compare, contains, equals } from './compare.js';
import { asInt, asNumber, floatOperators, intOperators } from './numbers.js';
import { percentFormat } from './percent-format.js';
import { typeName } from './type-name.js';

/** A repetition longer than this (in characters or items) is refused: a template must not exhaust the memory. */
const MAX_REPEATED = 50_000_000;

function unsupported(operator: string, left: Value, right: Value): OperandError {
  return new OperandError(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
    'convert with `| int`, `| string` or join texts with `~`',
  );
}

function add(left: Value, right: Value): Value | undefined {
  if (isStr(left) && isStr(right)) return concat([left, right]);
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (left instanceof Tuple && right instanceof Tuple) return new Tuple([...left.items, ...right.items]);
  return undefined;
}

function times(count: number, length: number): number {
  if (count * length > MAX_REPEATED) throw new OperandError(`repeating ${count} times is too large`);
  return Math.max(0, count);
}

function repeatItems(items: readonly Value[], count: number): Value[] {
  return Array.from({ length: times(count, items.length) }, () => items).flat();
}

function repeatText(text: Str, count: number): Str {
  const repetitions = times(count, plain(text).length);
  return typeof text === 'string'
    ? text.repeat(repetitions)
    : concat(Array.from({ length: repetitions }, () => text));
}

function multiply(left: Value, right: Value): Value | undefined {
  const count = asInt(right);
  if (count === undefined) return asInt(left) === undefined ? undefined : multiply(right, left);
  if (Math.abs(Number(count)) >= 2 ** 63)
    throw new OperandError("cannot fit 'int' into an index-sized integer", 'repeat less often');
  if (isStr(left)) return repeatText(left, Number(count));
  if (Array.isArray(left)) return repeatItems(left, Number(count));
  return left instanceof Tuple ? new Tuple(repeatItems(left.items, Number(count))) : undefined;
}

const otherTypes: Partial<Record<string, (left: Value, right: Value) => Value | undefined>> = {
  '+': add,
  '*': multiply,
  '%': (left, right) => (isStr(left) ? percentFormat(left, right) : undefined),
};

/** `left operator right` for + - * / // % **. Throws OperandError in Python's words. */
export function binary(operator: string, left: Value, right: Value): Value {
  assertUsable(left);
  assertUsable(right);
  const [leftInt, rightInt] = [asInt(left), asInt(right)];
  if (leftInt !== undefined && rightInt !== undefined) {
    const operation = intOperators[operator];
    if (operation !== undefined) return operation(leftInt, rightInt);
  }
  const [leftNumber, rightNumber] = [asNumber(left), asNumber(right)];
  const operation = floatOperators[operator];
  if (leftNumber !== undefined && rightNumber !== undefined && operation !== undefined) {
    return new PyFloat(operation(leftNumber, rightNumber));
  }
  const result =
    left instanceof HostObject ? left.operate?.(operator, right) : otherTypes[operator]?.(left, right);
  if (result === undefined) throw unsupported(operator, left, right);
  return result;
}

/** `-value` or `+value`. */
export function signed(operator: '-' | '+', value: Value): Value {
  assertUsable(value);
  if (asNumber(value) === undefined) {
    throw new OperandError(`bad operand type for unary ${operator}: '${typeName(value)}'`, 'use `| int`');
  }
  if (operator === '-' && value instanceof PyFloat) return new PyFloat(-value.value);
  return binary(operator, value instanceof PyFloat ? new PyFloat(0) : 0, value);
}

/** The comparisons, by operator. */
export const comparisons: Record<string, (left: Value, right: Value) => boolean> = {
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '<': (left, right) => compare(left, right, '<') < 0,
  '<=': (left, right) => compare(left, right, '<=') <= 0,
  '>': (left, right) => compare(left, right, '>') > 0,
  '>=': (left, right) => compare(left, right, '>=') >= 0,
  in: (left, right) => contains(right, left),
  'not in': (left, right) => !contains(right, left),
};
