import type { Value } from '../values.js';
import { compare } from './compare.js';

/** Python's `sorted`: stable, also in reverse. Throws OperandError for values without an order. */
export function sorted(
  items: readonly Value[],
  reverse: boolean,
  key: (item: Value) => Value = (item) => item,
): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ item }) => item);
}
