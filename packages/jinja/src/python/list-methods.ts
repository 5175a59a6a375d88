import { OperandError } from '../errors.js';
import { define, required, type Operation } from '../signature.js';
import type { Value } from '../values.js';
import { equals, truth } from './compare.js';
import { integer } from './convert.js';
import { iterate } from './iterate.js';
import { sorted } from './sort.js';

type ListMethod = Operation<Value[]>;

/** A method that changes the list and gives None. */
const changing = (
  parameters: readonly string[],
  change: (self: Value[], ...args: readonly (Value | undefined)[]) => unknown,
): ListMethod =>
  define(parameters, (self: Value[], args) => {
    change(self, ...args);
    return null;
  });

function indexOf(self: readonly Value[], value: Value | undefined): number {
  const index = self.findIndex((item) => equals(item, required(value, 'value')));
  if (index < 0) throw new OperandError('the value is not in the list', 'test with `in` first');
  return index;
}

/** The methods of Python's `list`. */
export const listMethods: Partial<Record<string, ListMethod>> = {
  append: changing(['object'], (self, object) => self.push(required(object, 'object'))),
  clear: changing([], (self) => self.splice(0)),
  copy: define([], (self: Value[]) => [...self]),
  count: define(
    ['value'],
    (self: Value[], [value]) => self.filter((item) => equals(item, required(value, 'value'))).length,
  ),
  extend: changing(['iterable'], (self, iterable) => self.push(...iterate(required(iterable, 'iterable')))),
  index: define(['value'], (self: Value[], [value]) => indexOf(self, value)),
  insert: changing(['index', 'object'], (self, index, object) =>
    self.splice(integer(required(index, 'index')), 0, required(object, 'object')),
  ),
  pop: define(['index'], (self: Value[], [index = -1]) => {
    const [popped] = self.splice(integer(index), 1);
    if (popped === undefined) throw new OperandError('pop index out of range');
    return popped;
  }),
  remove: changing(['value'], (self, value) => self.splice(indexOf(self, value), 1)),
  reverse: changing([], (self) => self.reverse()),
  sort: changing(['reverse'], (self, reverse = false) =>
    self.splice(0, self.length, ...sorted(self, truth(reverse))),
  ),
};
