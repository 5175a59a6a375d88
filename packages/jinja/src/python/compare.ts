import { dictGet, dictHas } from '../dict.js';
import { OperandError, UndefinedError } from '../errors.js';
import { isStr, plain } from '../text.js';
import { HostObject, PyFloat, Tuple, Undefined, type Value } from '../values.js';
import { asInt } from './numbers.js';
import { typeName } from './type-name.js';

/** Throws UndefinedError when the value is a strict Undefined. */
export function assertDefined(value: Value): void {
  if (value instanceof Undefined && value.strict) {
    throw new UndefinedError(value.problem, value.remedy());
  }
}

/** Throws UndefinedError for every Undefined: the missing `else` of `a if b` prints as nothing, but it cannot be reckoned with. */
export function assertUsable(value: Value): void {
  if (value instanceof Undefined) throw new UndefinedError(value.problem, value.remedy());
}

/** Python's `bool(value)`. Throws UndefinedError for a strict Undefined. */
export function truth(value: Value): boolean {
  assertDefined(value);
  if (isStr(value)) return plain(value) !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Map) return value.size > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof HostObject) return hostTruth(value);
  return !(value instanceof Undefined) && Boolean(value);
}

function hostTruth(value: HostObject): boolean {
  const keys = value.keys?.();
  return keys === undefined || [...keys].length > 0;
}

/** A number that JavaScript compares exactly, bigint with number included; undefined for what is no number. */
function comparable(value: Value): number | bigint | undefined {
  return value instanceof PyFloat ? value.value : asInt(value);
}

function sameItems(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item, index) => equals(item, right[index] ?? null));
}

function sameEntries(left: Map<Value, Value>, right: Map<Value, Value>): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([key, item]) => dictHas(right, key) && equals(item, dictGet(right, key) ?? null));
}

/** Whether two numbers are equal; undefined when neither is a number. */
function sameNumber(left: Value, right: Value): boolean | undefined {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === undefined && b === undefined) return undefined;
  // `==` on purpose: it compares bigint with number by value.
  // eslint-disable-next-line eqeqeq
  return a !== undefined && b !== undefined && a == b;
}

function sameOther(left: Value, right: Value): boolean {
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right);
  if (left instanceof Tuple) return right instanceof Tuple && sameItems(left.items, right.items);
  if (left instanceof Map) return right instanceof Map && sameEntries(left, right);
  return left === right || (left instanceof HostObject && left.order?.(right) === 0);
}

/** Python's `==`: by value, 1 == 1.0 == True, a list never equals a tuple. */
export function equals(left: Value, right: Value): boolean {
  assertDefined(left);
  assertDefined(right);
  if (isStr(left)) return isStr(right) && plain(left) === plain(right);
  return sameNumber(left, right) ?? sameOther(left, right);
}

function compareItems(left: readonly Value[], right: readonly Value[], operator: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const [a, b] = [left[index] ?? null, right[index] ?? null];
    if (!equals(a, b)) return compare(a, b, operator);
  }
  return left.length - right.length;
}

/** Orders by code point, as Python; UTF-16 order differs beyond the basic plane. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [Array.from(left), Array.from(right)];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at === -1) return -1;
  return (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1);
}

/** Negative, zero or positive as `left` stands to `right`. Throws OperandError where Python has no order. */
export function compare(left: Value, right: Value, operator = '<'): number {
  assertUsable(left);
  assertUsable(right);
  const [a, b] = [comparable(left), comparable(right)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : Number(a > b);
  if (isStr(left) && isStr(right)) return compareText(plain(left), plain(right));
  if (Array.isArray(left) && Array.isArray(right)) return compareItems(left, right, operator);
  if (left instanceof Tuple && right instanceof Tuple) return compareItems(left.items, right.items, operator);
  const order = left instanceof HostObject ? left.order?.(right) : undefined;
  if (order !== undefined) return order;
  throw new OperandError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
    'compare values of one type, for example with `| int` or `| string`',
  );
}

/** Python's `item in container`. */
export function contains(container: Value, item: Value): boolean {
  assertDefined(container);
  if (isStr(container)) {
    if (isStr(item)) return plain(container).includes(plain(item));
    assertDefined(item);
    throw new OperandError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (Array.isArray(container)) return container.some((each) => equals(each, item));
  if (container instanceof Tuple) return container.items.some((each) => equals(each, item));
  if (container instanceof Map) {
    assertDefined(item);
    if (Array.isArray(item) || item instanceof Map)
      throw new OperandError(`unhashable type: '${typeName(item)}'`, 'use a text or a number');
    return dictHas(container, item);
  }
  const keys = container instanceof HostObject ? container.keys?.() : undefined;
  if (keys !== undefined) return [...keys].some((key) => equals(key, item));
  if (container instanceof Undefined) return false;
  throw new OperandError(`argument of type '${typeName(container)}' is not iterable`);
}
