import { orElse } from '../or-else.js';
import { Dict, dictGet } from '../dict.js';
import { OperandError } from '../errors.js';
import { define, required, type Operation } from '../signature.js';
import { Tuple, type Value } from '../values.js';
import { iterate } from './iterate.js';
import { typeName } from './type-name.js';

type Map_ = Map<Value, Value>;
type DictMethod = Operation<Map_>;

/** The key and value pairs of a mapping, or of a list of pairs. Throws OperandError for what is neither. */
export function pairsOf(value: Value): [Value, Value][] {
  if (value instanceof Map) return [...value];
  return iterate(value).map((pair) => {
    const [key, item, ...rest] = iterate(pair);
    if (key !== undefined && item !== undefined && rest.length === 0) return [key, item];
    throw new OperandError(
      `cannot make a key and a value of a ${typeName(pair)}`,
      'give pairs, such as [key, value]',
    );
  });
}

const items = (self: Map_): Value[] => [...self].map((entry) => new Tuple(entry));

/** The methods of Python's `dict`. `keys`, `values` and `items` give lists, which print shorter than Python's views. */
export const dictMethods: Partial<Record<string, DictMethod>> = {
  clear: define([], (self: Map_) => {
    self.clear();
    return null;
  }),
  copy: define([], (self: Map_) => new Dict(self)),
  get: define(['key', 'default'], (self: Map_, [key, fallback = null]) =>
    orElse(dictGet(self, required(key, 'key')), () => fallback),
  ),
  items: define([], items),
  keys: define([], (self: Map_) => [...self.keys()]),
  pop: define(['key', 'default'], (self: Map_, [key, fallback]) => {
    const value = orElse(dictGet(self, required(key, 'key')), () => fallback);
    if (value === undefined)
      throw new OperandError('the dictionary does not have this key', 'give a default');
    self.delete(required(key, 'key'));
    return value;
  }),
  popitem: define([], (self: Map_) => {
    const last = [...self].at(-1);
    if (last === undefined) throw new OperandError('popitem(): dictionary is empty');
    self.delete(last[0]);
    return new Tuple(last);
  }),
  setdefault: define(['key', 'default'], (self: Map_, [key, fallback = null]) => {
    const name = required(key, 'key');
    const value = orElse(dictGet(self, name), () => fallback);
    self.set(name, value);
    return value;
  }),
  update: define(['other', '**named'], (self: Map_, [other, named]) => {
    for (const [key, value] of pairsOf(other ?? [])) self.set(key, value);
    for (const [key, value] of pairsOf(named ?? [])) self.set(key, value);
    return null;
  }),
  values: define([], (self: Map_) => [...self.values()]),
};
