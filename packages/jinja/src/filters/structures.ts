import { randomInt } from 'node:crypto';
import { Dict, dictGet } from '../dict.js';
import { OperandError } from '../errors.js';
import { assertDefined, equals, truth } from '../python/compare.js';
import { characters, integer } from '../python/convert.js';
import { iterate } from '../python/iterate.js';
import { typeName } from '../python/type-name.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { Tuple, type Value } from '../values.js';

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
  for (const key of path) {
    if (!(found instanceof Map)) {
      throw new OperandError(`the key ${key} should point to a dictionary, got a ${typeName(found)}`);
    }
    const next = dictGet(found, key);
    if (next === undefined && skipMissing) return [];
    if (next === undefined)
      throw new OperandError(`could not find '${key}' key in iterated item`, 'use skip_missing=True');
    found = next;
  }
  if (!Array.isArray(found))
    throw new OperandError(`the key ${path.join('.')} should point to a list, got a ${typeName(found)}`);
  return found;
}

function subelements(input: Value, keys: Value, skipMissing: boolean): Value[] {
  const path = isStr(keys) ? plain(keys).split('.') : iterate(keys).map(characters);
  const elements = input instanceof Map ? [...input.values()] : iterate(input);
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

/** Numbers for `random` and `shuffle`: of the system, or always the same for a seed (not Python's numbers). */
function numbers(seed: Value): (below: number) => number {
  if (seed === null) return (below) => randomInt(below);
  // FNV-1a over the seed, then xorshift: enough for a choice that stays the same.
  let state =
    Array.from(characters(seed)).reduce(
      (hash, each) => Math.imul(hash ^ (each.codePointAt(0) ?? 0), 16777619) >>> 0,
      2166136261,
    ) || 1;
  return (below) => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state % below;
  };
}

function shuffle(items: readonly Value[], seed: Value): Value[] {
  const next = numbers(seed);
  const rest = [...items];
  return items.flatMap(() => rest.splice(next(rest.length), 1));
}

const random: Operation = define(
  ['start', 'step', 'seed'],
  (input, [start = null, step = null, seed = null]) => {
    assertDefined(input);
    const next = numbers(seed);
    if (typeof input !== 'number') {
      const items = iterate(input);
      if (items.length === 0) throw new OperandError('No random item, sequence was empty.');
      return items[next(items.length)] ?? null;
    }
    const [from, by] = [start === null ? 0 : integer(start), step === null ? 1 : integer(step)];
    const count = Math.ceil((input - from) / by);
    if (!(count > 0)) throw new OperandError(`empty range for random (${from}, ${input}, ${by})`);
    return from + by * next(count);
  },
);

/** Filters that rearrange nested data. */
export const structureFilters: Record<string, Operation> = {
  flatten: define(['levels', 'skip_nulls'], (input, [levels = null, skipNulls = true]) =>
    flatten(iterate(input), levels === null ? Infinity : integer(levels), truth(skipNulls)),
  ),
  random,
  rekey_on_member: define(['key', 'duplicates'], (input, [key, duplicates = 'error']) =>
    rekey(input, required(key, 'key'), characters(duplicates) === 'overwrite'),
  ),
  shuffle: define(['seed'], (input, [seed = null]) => shuffle(iterate(input), seed)),
  subelements: define(['subelements', 'skip_missing'], (input, [keys, skipMissing = false]) =>
    subelements(input, required(keys, 'subelements'), truth(skipMissing)),
  ),
};
