import { Dict } from '@tenon/jinja/dict';
import { LookupError } from '@tenon/jinja/errors';
import { truth } from '@tenon/jinja/python/compare';
import { characters } from '@tenon/jinja/python/convert';
import { isStr, plain } from '@tenon/jinja/text';
import { pyRepr, Tuple, type Value } from '@tenon/jinja/values';
import { ofTerms } from './of-terms.js';

const described = (value: Value): string => plain(pyRepr(value));

function fail(problem: string): never {
  throw new LookupError(`subelements lookup expects a list of two or three items, ${problem}`);
}

const wasSkipped = (item: ReadonlyMap<Value, Value>): boolean => {
  const skipped = item.get('skipped');
  return skipped !== undefined && skipped !== false;
};

function elements(list: Value | undefined): readonly Value[] {
  if (Array.isArray(list)) return list;
  if (list instanceof Map) return wasSkipped(list) ? [] : [...list.values()];
  return fail('first a dict or a list, second a string pointing to the subkey');
}

function isYes(flag: Value | undefined): boolean {
  if (flag === undefined) return false;
  return isStr(flag) ? /^(?:yes|on|true|1|y|t)$/i.test(plain(flag)) : truth(flag);
}

/** A copy of the dictionary without what the path leads to, and that; undefined when there is nothing there. */
function taken(
  item: Map<Value, Value>,
  [key = '', ...rest]: readonly string[],
  skipMissing: boolean,
): { list: readonly Value[]; without: Dict } | undefined {
  const found = item.get(key);
  if (found === undefined && skipMissing) return undefined;
  if (found === undefined)
    throw new LookupError(`could not find '${key}' key in iterated item '${described(item)}'`);
  const without = new Dict(item);
  if (rest.length === 0) {
    if (!Array.isArray(found))
      throw new LookupError(`the key ${key} should point to a list, got '${described(found)}'`);
    without.delete(key);
    return { list: found, without };
  }
  if (found instanceof Map) {
    const below = taken(found, rest, skipMissing);
    if (below === undefined) return undefined;
    without.set(key, below.without);
    return { list: below.list, without };
  }
  if (skipMissing) return undefined;
  throw new LookupError(`the key ${key} should point to a dictionary, got '${described(found)}'`);
}

function pairs(item: Value, path: readonly string[], skipMissing: boolean): Value[] {
  if (!(item instanceof Map))
    throw new LookupError(`subelements lookup expects a dictionary, got '${described(item)}'`);
  if (wasSkipped(item)) return [];
  const found = taken(item, path, skipMissing);
  return found?.list.map((element) => new Tuple([found.without, element])) ?? [];
}

/** Ansible's `subelements`: each dictionary of a list (without the inner list), with each element of that inner list. */
export const subelements = ofTerms(({ positional }) => {
  const [list, key, flags] = positional;
  if (key === undefined || positional.length > 3) return fail('a list, a key and perhaps flags');
  if (!isStr(key)) return fail('first a dict or a list, second a string pointing to the subkey');
  const skipMissing = flags instanceof Map && isYes(flags.get('skip_missing'));
  return elements(list).flatMap((item) => pairs(item, characters(key).split('.'), skipMissing));
});
