import { orElse } from '../or-else.js';
import { attributeReader, withoutCase } from '../python/attribute-path.js';
import { TemplateError } from '../errors.js';
import { assertHashable } from '../python/hashable.js';
import { assertDefined, compare, equals, truth } from '../python/compare.js';
import { codePoints } from '../python/code-points.js';
import { characters, integer, text } from '../python/convert.js';
import { iterate, lengthOf } from '../python/iterate.js';
import { binary } from '../python/operators.js';
import { ValueSet } from '../python/value-set.js';
import { sorted } from '../python/sort.js';
import { define, required, type Operation } from '../signature.js';
import { concat, isStr } from '../text.js';
import { Tuple, Undefined, type Value } from '../values.js';

/** What to order or compare an item by: an attribute or itself, without case unless wanted. */
function keyReader(attribute: Value, caseSensitive: Value): (item: Value) => Value {
  const read = attribute === null ? (item: Value) => item : attributeReader(attribute);
  return truth(caseSensitive) ? read : (item) => withoutCase(read(item));
}

/** The key is a list even of one attribute: equal values without an order are no mistake then. */
function sortKey(attribute: Value, caseSensitive: Value): (item: Value) => Value {
  const names = isStr(attribute) ? characters(attribute).split(',') : [attribute];
  const readers = names.map((name) => keyReader(name, caseSensitive));
  return (item) => readers.map((read) => read(item));
}

/** The items whose keys did not occur before. */
export function uniqueBy(items: readonly Value[], key: (item: Value) => Value): Value[] {
  const seen = new ValueSet();
  return items.filter((item) => {
    const own = key(item);
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

const length: Operation = define([], (input) => lengthOf(input));

const extreme = (wanted: -1 | 1): Operation =>
  define(['case_sensitive', 'attribute'], (input, [caseSensitive = false, attribute = null]) => {
    const key = keyReader(attribute, caseSensitive);
    const items = iterate(input);
    const best = items.reduce<Value | undefined>(
      (found, item) =>
        found === undefined || Math.sign(compare(key(item), key(found))) === wanted ? item : found,
      undefined,
    );
    return orElse(best, () => new Undefined('No aggregated item, sequence was empty.'));
  });

function groupBy(input: Value, read: (item: Value) => Value, caseSensitive: boolean): Value[] {
  const key = caseSensitive ? read : (item: Value) => withoutCase(read(item));
  const groups: { key: Value; items: [Value, ...Value[]] }[] = [];
  for (const item of sorted(iterate(input), false, key)) {
    const last = groups.at(-1);
    if (last !== undefined && equals(last.key, key(item))) last.items.push(item);
    else groups.push({ key: key(item), items: [item] });
  }
  return groups.map(({ items }) => new Tuple([read(items[0]), items], ['grouper', 'list']));
}

/** Pieces of `size` items, the last filled up when there is something to fill it with. */
function batch(items: readonly Value[], size: number, fill: Value): Value[][] {
  const pieces: Value[][] = [];
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size));
  const last = pieces.at(-1);
  if (fill !== null && last !== undefined) while (last.length < size) last.push(fill);
  return pieces;
}

/** `count` pieces, as even as possible, the longer ones first. */
function sliceInto(items: readonly Value[], count: number, fill: Value): Value[][] {
  const [size, longer] = [Math.floor(items.length / count), items.length % count];
  return Array.from({ length: count }, (_, index) => {
    const from = index * size + Math.min(index, longer);
    const piece = items.slice(from, from + size + (index < longer ? 1 : 0));
    return fill !== null && index >= longer ? [...piece, fill] : piece;
  });
}

/** Jinja2's `unique`; where it cannot (items that are no keys), Ansible compares the items as they are. */
function unique(items: readonly Value[], caseSensitive: Value, attribute: Value): Value[] {
  try {
    const read = keyReader(attribute, caseSensitive ?? false);
    return uniqueBy(items, (item) => {
      const key = read(item);
      assertHashable(key);
      return key;
    });
  } catch (error) {
    if (!(error instanceof TemplateError) || caseSensitive === false || truth(attribute)) throw error;
    // Whatever is compared must be defined; a single item is not compared.
    if (items.length > 1) items.forEach(assertDefined);
    return uniqueBy(items, (item) => item);
  }
}

/** Filters on lists. */
export const sequenceFilters: Record<string, Operation> = {
  batch: define(['linecount', 'fill_with'], (input, [count, fill = null]) =>
    batch(iterate(input), integer(required(count, 'linecount')), fill),
  ),
  count: length,
  first: define([], (input) =>
    orElse(iterate(input)[0], () => new Undefined('No first item, sequence was empty.')),
  ),
  groupby: define(
    ['attribute', 'default', 'case_sensitive'],
    (input, [attribute, fallback, caseSensitive = false]) => {
      const read = attributeReader(required(attribute, 'attribute'), fallback ?? undefined);
      return groupBy(input, read, truth(caseSensitive));
    },
  ),
  join: define(['d', 'attribute'], (input, [separator = '', attribute = null]) => {
    const read = attribute === null ? (item: Value) => item : attributeReader(attribute);
    return concat(
      iterate(input).map((item) => text(read(item))),
      text(separator),
    );
  }),
  last: define([], (input) =>
    orElse(iterate(input).at(-1), () => new Undefined('No last item, sequence was empty.')),
  ),
  length,
  list: define([], (input) => [...iterate(input)]),
  max: extreme(1),
  min: extreme(-1),
  reverse: define([], (input) =>
    isStr(input) ? concat(codePoints(input).reverse()) : [...iterate(input)].reverse(),
  ),
  slice: define(['slices', 'fill_with'], (input, [count, fill = null]) =>
    sliceInto(iterate(input), integer(required(count, 'slices')), fill),
  ),
  sort: define(
    ['reverse', 'case_sensitive', 'attribute'],
    (input, [reverse = false, caseSensitive = false, attribute = null]) =>
      sorted(iterate(input), integer(reverse) !== 0, sortKey(attribute, caseSensitive)),
  ),
  sum: define(['attribute', 'start'], (input, [attribute = null, start = 0]) => {
    const read = attribute === null ? (item: Value) => item : attributeReader(attribute);
    return iterate(input).reduce<Value>((total, item) => binary('+', total, read(item)), start);
  }),
  unique: define(['case_sensitive', 'attribute'], (input, [caseSensitive = null, attribute = null]) =>
    unique(iterate(input), caseSensitive, attribute),
  ),
};
