import { assertDefined, contains, equals, truth } from '../python/compare.js';
import { iterate } from '../python/iterate.js';
import { assertHashable } from '../python/hashable.js';
import { ValueSet } from '../python/value-set.js';
import { binary, comparisons } from '../python/operators.js';
import { define, required, type Operation } from '../signature.js';
import type { Value } from '../values.js';

const comparing = (operator: string): Operation =>
  define(['other'], (input, [other]) => comparisons[operator]?.(input, required(other, 'other')) ?? false);

const NAMES: readonly (readonly [string, string])[] = [
  ['==', '== eq equalto'],
  ['!=', '!= ne'],
  ['<', '< lt lessthan'],
  ['<=', '<= le'],
  ['>', '> gt greaterthan'],
  ['>=', '>= ge'],
  ['in', 'in'],
];

const subset: Operation = define(['other'], (input, [other]) => isSubset(input, required(other, 'other')));
const superset: Operation = define(['other'], (input, [other]) => isSubset(required(other, 'other'), input));

function isSubset(inner: Value, outer: Value): boolean {
  assertDefined(inner);
  assertDefined(outer);
  const [members, wanted] = [iterate(outer), iterate(inner)];
  [...wanted, ...members].forEach(assertHashable);
  const all = new ValueSet(members);
  return wanted.every((item) => all.has(item));
}

/** Tests that compare with another value. */
export const comparisonTests: Record<string, Operation> = {
  ...Object.fromEntries(
    NAMES.flatMap(([operator, names]) => names.split(' ').map((name) => [name, comparing(operator)])),
  ),
  all: define([], (input) => iterate(input).every(truth)),
  any: define([], (input) => iterate(input).some(truth)),
  contains: define(['value'], (input, [value]) => contains(input, required(value, 'value'))),
  divisibleby: define(['num'], (input, [divisor]) => equals(binary('%', input, required(divisor, 'num')), 0)),
  issubset: subset,
  issuperset: superset,
  subset,
  superset,
};
