import { isStr, mapText, plain } from '../text.js';
import { Undefined, type Value } from '../values.js';
import { getItem } from './access.js';
import { asInt } from './numbers.js';

/** Reads `a.b.0` of an item, as the `attribute` of map, sort, groupby and others. */
export function attributeReader(path: Value, fallback?: Value): (item: Value) => Value {
  const steps: readonly Value[] = isStr(path)
    ? plain(path)
        .split('.')
        .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    : [asInt(path) ?? null];
  // As in Jinja2 the fallback stands in for a step, and the next one is taken in it.
  return (item) =>
    steps.reduce<Value>((value, step) => {
      const found = getItem(value, step);
      return found instanceof Undefined && fallback !== undefined ? fallback : found;
    }, item);
}

/** A text in lower case, for orders that ignore case; anything else as it is. */
export function withoutCase(value: Value): Value {
  return isStr(value) ? mapText(value, (whole) => whole.toLowerCase()) : value;
}
