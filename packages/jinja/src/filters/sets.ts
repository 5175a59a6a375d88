import { OperandError } from '../errors.js';
import { integer } from '../python/convert.js';
import { contains } from '../python/compare.js';
import { binary } from '../python/operators.js';
import { ValueSet } from '../python/value-set.js';
import { iterate } from '../python/iterate.js';
import { define, required, type Bound, type Operation } from '../signature.js';
import { isStr } from '../text.js';
import { Tuple, Undefined, type Value } from '../values.js';
import { uniqueBy } from './sequences.js';

type Items = readonly Value[];

/** More results than this are refused: a template must not exhaust the memory. */
const MAX_RESULTS = 1_000_000;

const distinct = (items: Items): Value[] => uniqueBy(items, (item) => item);

/** Whether a value is in another, as `in`; quick for lists, unless a comparison in the middle of one fails. */
function membership(container: Value): (item: Value) => boolean {
  if (!Array.isArray(container) || container.some((each) => each instanceof Undefined))
    return (item) => contains(container, item);
  const members = new ValueSet(container);
  return (item) => members.has(item);
}

const setOperation = (operation: (left: Value, right: Value) => Items): Operation =>
  define(['b'], (input, [other]) => distinct(operation(input, required(other, 'b'))));

/** Ansible makes sets of what can be in one; it adds anything else. */
const isHashable = (value: Value): boolean => value instanceof Tuple || isStr(value);

const combined = (left: Value, right: Value): Items =>
  isHashable(left) && isHashable(right)
    ? [...iterate(left), ...iterate(right)]
    : iterate(binary('+', left, right));
const common = (left: Value, right: Value): Items => iterate(left).filter(membership(right));

function without(left: Value, right: Value): Items {
  const isIn = membership(right);
  return iterate(left).filter((item) => !isIn(item));
}

/** The choices of `size` items: by index, in order, so that equal items count as different. */
function choose(
  count: number,
  size: number,
  follows: (chosen: readonly number[], next: number) => boolean,
): number[][] {
  if (size < 0) throw new OperandError('r must be non-negative', 'give a number from 0');
  let found: number[][] = [[]];
  for (let step = 0; step < size; step += 1) {
    found = found.flatMap((chosen) =>
      Array.from({ length: count }, (_, index) => index)
        .filter((next) => follows(chosen, next))
        .map((next) => [...chosen, next]),
    );
    if (found.length > MAX_RESULTS) throw new OperandError(`more than ${MAX_RESULTS} results are too many`);
  }
  return found;
}

function pick(items: Items, indices: readonly number[]): Tuple {
  return new Tuple(indices.map((index) => items[index] ?? null));
}

function crossProduct(lists: readonly Items[]): Value[] {
  const size = lists.reduce((total, list) => total * list.length, 1);
  if (size > MAX_RESULTS) throw new OperandError(`a product of ${size} results is too large`);
  const rows = lists.reduce<Value[][]>(
    (found, list) => found.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
  return rows.map((row) => new Tuple(row));
}

function zip(lists: readonly Items[], length: number, fill: Value): Value[] {
  return Array.from(
    { length },
    (_, index) => new Tuple(lists.map((list) => (index < list.length ? (list[index] ?? null) : fill))),
  );
}

const allLists = (input: Value, [others = []]: Bound): Items[] => [
  iterate(input),
  ...iterate(others).map(iterate),
];

/** Filters on lists as sets and their combinations. */
export const setFilters: Record<string, Operation> = {
  combinations: define(['r'], (input, [size]) => {
    const items = iterate(input);
    const rising = (chosen: readonly number[], next: number): boolean => next > (chosen.at(-1) ?? -1);
    return choose(items.length, integer(required(size, 'r')), rising).map((indices) => pick(items, indices));
  }),
  difference: setOperation(without),
  intersect: setOperation(common),
  permutations: define(['r'], (input, [size]) => {
    const items = iterate(input);
    const unused = (chosen: readonly number[], next: number): boolean => !chosen.includes(next);
    return choose(items.length, size === undefined ? items.length : integer(size), unused).map((indices) =>
      pick(items, indices),
    );
  }),
  product: define(['*others', 'repeat'], (input, args) => {
    const lists = allLists(input, args);
    return crossProduct(Array.from({ length: integer(args[1] ?? 1) }, () => lists).flat());
  }),
  symmetric_difference: setOperation((left, right) =>
    without(distinct(combined(left, right)), distinct(common(left, right))),
  ),
  union: setOperation(combined),
  zip: define(['*others'], (input, args) => {
    const lists = allLists(input, args);
    return zip(lists, Math.min(...lists.map((list) => list.length)), null);
  }),
  zip_longest: define(['*others', 'fillvalue'], (input, args) => {
    const lists = allLists(input, args);
    return zip(lists, Math.max(...lists.map((list) => list.length)), args[1] ?? null);
  }),
};
