import { randomBytes, randomInt } from 'node:crypto';
import { Dict, dictGet } from '../dict.js';
import { OperandError } from '../errors.js';
import { assertDefined, equals, truth } from '../python/compare.js';
import { characters, integer } from '../python/convert.js';
import { iterate, itemsOf } from '../python/iterate.js';
import { MersenneTwister } from '../python/mersenne-twister.js';
import { asInt, toInt } from '../python/numbers.js';
import { typeName } from '../python/type-name.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { Tuple, Undefined, type Value } from '../values.js';

const NULLS: readonly Value[] = [null, 'None', 'null'];

/** The items of lists within the list, so many levels deep; with `skipNulls` without None and its spellings. */
export function flatten(items: readonly Value[], levels: number, skipNulls: boolean): Value[] {
  return items.flatMap((item) => {
    if (skipNulls && NULLS.some((each) => equals(each, item))) return [];
    const inner = item instanceof Tuple ? item.items : item;
    return Array.isArray(inner) && levels > 0 ? flatten(inner, levels - 1, skipNulls) : [item];
  });
}

function follow(element: Value, path: readonly string[], skipMissing: boolean): readonly Value[] {
  let found: Value = element;
  assertDefined(found);
  for (const key of path) {
    if (!(found instanceof Map)) {
      throw new OperandError(`the key ${key} should point to a dictionary, got a ${typeName(found)}`);
    }
    const next = dictGet(found, key);
    if (next === undefined && skipMissing) return [];
    if (next === undefined)
      throw new OperandError(`could not find '${key}' key in iterated item`, 'use skip_missing=True');
    found = next;
    assertDefined(found);
  }
  if (!Array.isArray(found))
    throw new OperandError(`the key ${path.join('.')} should point to a list, got a ${typeName(found)}`);
  return found;
}

function subelements(input: Value, keys: Value, skipMissing: boolean): Value[] {
  if (!Array.isArray(input) && !(input instanceof Map))
    throw new OperandError(
      'obj must be a list of dicts or a nested dict',
      input instanceof Undefined ? input.problem : 'give one of these',
    );
  const path = isStr(keys) ? plain(keys).split('.') : iterate(keys).map(characters);
  const elements = input instanceof Map ? [...input.values()] : input;
  return elements.flatMap((element) =>
    follow(element, path, skipMissing).map((each) => new Tuple([element, each])),
  );
}

function rekey(input: Value, key: Value, overwrite: boolean): Dict {
  const rekeyed = new Dict();
  for (const item of input instanceof Map ? input.values() : iterate(input)) {
    if (!(item instanceof Map)) throw new OperandError('List item is not a valid dict');
    const name = dictGet(item, key);
    if (name === undefined) throw new OperandError(`Key ${characters(key)} was not found`);
    if (rekeyed.has(name) && !overwrite)
      throw new OperandError(
        `Key ${characters(name)} is not unique, cannot correctly turn into dict`,
        "use duplicates='overwrite'",
      );
    rekeyed.set(name, item);
  }
  return rekeyed;
}

/** A number of the system's below another. */
function systemRandom(below: bigint): bigint {
  if (below < 2n ** 47n) return BigInt(randomInt(Number(below)));
  return BigInt(`0x${randomBytes(below.toString(16).length / 2 + 9).toString('hex')}`) % below;
}

/** Numbers for `random` and `shuffle`: of the system, or always the same for a seed, as Python's. */
function numbers(seed: Value): (below: bigint) => bigint {
  if (seed === null) return systemRandom;
  const twister = new MersenneTwister(seed);
  return (below) => twister.below(below);
}

/** Ansible gives back what it cannot shuffle. */
function shuffle(input: Value, seed: Value): Value {
  const items = [...(itemsOf(input) ?? [])];
  if (itemsOf(input) === undefined) return input;
  const next = numbers(truth(seed) ? seed : null);
  for (let last = items.length - 1; last > 0; last--) {
    const other = Number(next(BigInt(last + 1)));
    [items[last], items[other]] = [items[other] ?? null, items[last] ?? null];
  }
  return items;
}

function randomItem(input: Value, next: (below: bigint) => bigint): Value {
  if (input instanceof Map) throw new OperandError('random can only be used on sequences and integers');
  const items = iterate(input);
  if (items.length === 0) throw new OperandError('Cannot choose from an empty sequence');
  return items[Number(next(BigInt(items.length)))] ?? null;
}

const random: Operation = define(
  ['start', 'step', 'seed'],
  (input, [start = null, step = null, seed = null]) => {
    const next = numbers(seed);
    assertDefined(input);
    const end = asInt(input);
    if (end === undefined) {
      if (truth(start) || truth(step))
        throw new OperandError('start and step can only be used with integer values');
      return randomItem(input, next);
    }
    const [from, by] = [truth(start) ? integer(start) : 0, truth(step) ? integer(step) : 1];
    if (by === 0) throw new OperandError('zero step for randrange()');
    const width = BigInt(end) - BigInt(from);
    const count = by > 0 ? (width + BigInt(by) - 1n) / BigInt(by) : (width + BigInt(by) + 1n) / BigInt(by);
    if (count <= 0n) throw new OperandError(`empty range for randrange() (${from}, ${String(end)}, ${by})`);
    return toInt(BigInt(from) + BigInt(by) * next(count));
  },
);

/** Filters that rearrange nested data. */
export const structureFilters: Record<string, Operation> = {
  flatten: define(['levels', 'skip_nulls'], (input, [levels = null, skipNulls = true]) =>
    flatten(iterate(input), levels === null ? Infinity : integer(levels), truth(skipNulls)),
  ),
  random,
  rekey_on_member: define(['key', 'duplicates'], (input, [key, duplicates = 'error']) => {
    const way = characters(duplicates);
    if (way !== 'error' && way !== 'overwrite')
      throw new OperandError(
        `duplicates parameter to rekey_on_member has unknown value: ${way}`,
        'use error or overwrite',
      );
    return rekey(input, required(key, 'key'), way === 'overwrite');
  }),
  shuffle: define(['seed'], (input, [seed = null]) => shuffle(input, seed)),
  subelements: define(['subelements', 'skip_missing'], (input, [keys, skipMissing = false]) =>
    subelements(input, required(keys, 'subelements'), truth(skipMissing)),
  ),
};
