import { OperandError } from '../errors.js';
import { isStr, plain, type Str } from '../text.js';
import { PyFloat, pyStr, Tuple, type Value } from '../values.js';
import { assertDefined } from './compare.js';
import { asInt, asNumber } from './numbers.js';
import { typeName } from './type-name.js';

/** Anything as a text, as Python's `str`; throws UndefinedError for a strict Undefined, even a nested one. */
export function text(value: Value): Str {
  assertDeepDefined(value);
  return pyStr(value);
}

/** The characters of anything, without taint: for separators, patterns, names of options. */
export function characters(value: Value): string {
  return plain(text(value));
}

/** A text where Python takes nothing else. Throws OperandError for other types, the missing `else` of `a if b` included. */
export function exactText(value: Value): Str {
  assertDefined(value);
  if (isStr(value)) return value;
  throw new OperandError(`expected str, got ${typeName(value)}`, 'use `| string`');
}

/** The characters of a text where Python takes nothing else. */
export function exactCharacters(value: Value): string {
  return plain(exactText(value));
}

/** A JavaScript number from an argument that must be an int. */
export function integer(value: Value): number {
  assertDefined(value);
  const int = asInt(value);
  if (int !== undefined) return Number(int);
  throw new OperandError(`'${typeName(value)}' object cannot be interpreted as an integer`, 'use `| int`');
}

/** A JavaScript number from an argument that must be a number. */
export function number(value: Value): number {
  assertDefined(value);
  const found = asNumber(value);
  if (found !== undefined) return found;
  throw new OperandError(`must be real number, not ${typeName(value)}`, 'use `| int` or `| float`');
}

/** A number as a Value: the float of a float, the int of an int. */
export function sameKind(value: Value, result: number): Value {
  return value instanceof PyFloat ? new PyFloat(result) : result;
}

/** Throws UndefinedError when anything in the value, deep, is a strict Undefined. */
export function assertDeepDefined(value: Value): void {
  if (isStr(value)) return;
  assertDefined(value);
  if (Array.isArray(value)) value.forEach(assertDeepDefined);
  else if (value instanceof Tuple) value.items.forEach(assertDeepDefined);
  else if (value instanceof Map) value.forEach(assertDeepDefined);
}
