import { OperandError } from '../errors.js';
import { Tuple, type Value } from '../values.js';
import { assertDefined } from './compare.js';
import { typeName } from './type-name.js';

/** Throws OperandError for what cannot be a key of a dictionary or a member of a set. */
export function assertHashable(value: Value): void {
  assertDefined(value);
  if (value instanceof Tuple) value.items.forEach(assertHashable);
  else if (Array.isArray(value) || value instanceof Map)
    throw new OperandError(`unhashable type: '${typeName(value)}'`, 'use a text or a number');
}
