import { OperandError } from '../errors.js';
import { isStr, plain } from '../text.js';
import { HostObject, Tuple, Undefined, type Value } from '../values.js';
import { codePointLength, codePoints } from './code-points.js';
import { assertDefined } from './compare.js';
import { typeName } from './type-name.js';

/** The items of a value that can be iterated (a dictionary gives its keys), else undefined. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  assertDefined(value);
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Map) return [...value.keys()];
  if (isStr(value)) return codePoints(value);
  if (value instanceof Undefined) return [];
  const keys = value instanceof HostObject ? value.keys?.() : undefined;
  return keys === undefined ? undefined : [...keys];
}

/** The items of a value. Throws OperandError when it cannot be iterated. */
export function iterate(value: Value): readonly Value[] {
  const items = itemsOf(value);
  if (items === undefined) {
    throw new OperandError(
      `'${typeName(value)}' object is not iterable`,
      'give a list, for example `[value]`',
    );
  }
  return items;
}

/** Python's `len`. */
export function lengthOf(value: Value): number {
  if (isStr(value)) return plain(value).length === 0 ? 0 : codePointLength(value);
  if (value instanceof Map) return value.size;
  const items = itemsOf(value);
  if (items === undefined) throw new OperandError(`object of type '${typeName(value)}' has no len()`);
  return items.length;
}
