import { Dict, dictGet, dictHas } from '../dict.js';
import { OperandError } from '../errors.js';
import { getItem } from '../python/access.js';
import { withoutCase } from '../python/attribute-path.js';
import { assertDefined, contains, equals, truth } from '../python/compare.js';
import { assertDeepDefined, characters, integer } from '../python/convert.js';
import { pairsOf } from '../python/dict-methods.js';
import { assertHashable } from '../python/hashable.js';
import { iterate } from '../python/iterate.js';
import { sorted } from '../python/sort.js';
import { typeName } from '../python/type-name.js';
import { define, required, type Operation } from '../signature.js';
import { flatten } from './structures.js';
import { isStr } from '../text.js';
import { LazyMap, Tuple, Undefined, type Value } from '../values.js';

/** A mapping as a dictionary. Throws OperandError naming the filter for anything else. */
function mapping(value: Value, filter: string): Map<Value, Value> {
  assertDefined(value);
  if (value instanceof Map) return value;
  if (value instanceof LazyMap) return value.toDict();
  throw new OperandError(
    `${filter} requires a dictionary, got ${typeName(value)} instead`,
    'give a dictionary',
  );
}

type ListMerge = (left: readonly Value[], right: readonly Value[]) => Value[];

const without = (items: readonly Value[], others: readonly Value[]): Value[] =>
  items.filter((item) => !contains([...others], item));

const LIST_MERGES: Partial<Record<string, ListMerge>> = {
  replace: (_left, right) => [...right],
  keep: (left) => [...left],
  append: (left, right) => [...left, ...right],
  prepend: (left, right) => [...right, ...left],
  append_rp: (left, right) => [...without(left, right), ...right],
  prepend_rp: (left, right) => [...right, ...without(left, right)],
};

function merge(
  left: Map<Value, Value>,
  right: Map<Value, Value>,
  recursive: boolean,
  lists: ListMerge,
): Dict {
  const merged = new Dict(left);
  for (const [key, value] of right) {
    const before = dictGet(merged, key);
    if (recursive && before instanceof Map && value instanceof Map)
      merged.set(key, merge(before, value, recursive, lists));
    else if (Array.isArray(before) && Array.isArray(value)) merged.set(key, lists(before, value));
    else merged.set(key, value);
  }
  return merged;
}

const isPointless = (left: Map<Value, Value>, right: Map<Value, Value>): boolean =>
  left.size === 0 || equals(left, right);

const combine: Operation = define(['*others', 'recursive', 'list_merge'], (input, args) => {
  const [others = [], recursive = false, listMerge = 'replace'] = args;
  assertDeepDefined([input, ...iterate(others)]);
  const lists = LIST_MERGES[characters(listMerge)];
  if (lists === undefined)
    throw new OperandError(`list_merge must be one of ${Object.keys(LIST_MERGES).join(', ')}`);
  const given = flatten([input, ...iterate(others)], 1, true);
  // From the last to the first, as Ansible does: the order of the keys depends on it.
  return given.length === 0
    ? new Dict()
    : given.reduceRight((all, each) => {
        const [left, right] = [mapping(each, 'combine'), mapping(all, 'combine')];
        return isPointless(left, right) ? right : merge(left, right, truth(recursive), lists);
      });
});

function pair(keyName: Value, key: Value, valueName: Value, value: Value): Dict {
  return new Dict([
    [keyName, key],
    [valueName, value],
  ]);
}

function extract(key: Value, container: Value, more: Value): Value {
  const rest = Array.isArray(more) ? more : more === null ? [] : [more];
  return [key, ...rest].reduce<Value>((value, step) => getItem(value, step), container);
}

function itemsToDict(input: Value, keyName: Value, valueName: Value): Dict {
  assertDefined(input);
  if (input instanceof Map || isStr(input))
    throw new OperandError(`items2dict requires a list, got ${typeName(input)} instead`, 'give a list');
  return new Dict(
    iterate(input).map((item) => {
      const entry = mapping(item, 'items2dict');
      if (!dictHas(entry, keyName) || !dictHas(entry, valueName)) {
        throw new OperandError(
          `items2dict requires each dictionary in the list to contain the keys '${characters(keyName)}' and '${characters(valueName)}'`,
        );
      }
      assertHashable(dictGet(entry, keyName) ?? null);
      return [dictGet(entry, keyName) ?? null, dictGet(entry, valueName) ?? null];
    }),
  );
}

/** Filters on dictionaries. */
export const mappingFilters: Record<string, Operation> = {
  combine,
  dict2items: define(['key_name', 'value_name'], (input, [keyName = 'key', valueName = 'value']) =>
    [...mapping(input, 'dict2items')].map(([key, value]) => pair(keyName, key, valueName, value)),
  ),
  dictsort: define(
    ['case_sensitive', 'by', 'reverse'],
    (input, [caseSensitive = false, by = 'key', reverse = false]) => {
      const index = ['key', 'value'].indexOf(characters(by));
      if (index < 0) throw new OperandError('You can only sort by either "key" or "value"');
      const key = (entry: Value): Value => {
        const part = iterate(entry)[index] ?? null;
        return truth(caseSensitive) ? part : withoutCase(part);
      };
      return sorted(
        pairsOf(mapping(input, 'dictsort')).map((entry) => new Tuple(entry)),
        integer(reverse) !== 0,
        key,
      );
    },
  ),
  extract: define(['container', 'morekeys'], (input, [container, more = null]) =>
    extract(input, required(container, 'container'), more),
  ),
  items: define([], (input) =>
    input instanceof Undefined ? [] : [...mapping(input, 'items')].map((entry) => new Tuple(entry)),
  ),
  items2dict: define(['key_name', 'value_name'], (input, [keyName = 'key', valueName = 'value']) =>
    itemsToDict(input, keyName, valueName),
  ),
};
