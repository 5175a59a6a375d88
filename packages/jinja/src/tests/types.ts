import { OperandError } from '../errors.js';
import { assertDefined, equals, truth } from '../python/compare.js';
import { text } from '../python/convert.js';
import { itemsOf } from '../python/iterate.js';
import { isCase } from '../python/letter-case.js';
import { binary } from '../python/operators.js';
import { asInt, asNumber } from '../python/numbers.js';
import { typeName } from '../python/type-name.js';
import { define, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { HostObject, LazyMap, PyFloat, Tuple, Undefined, type Value } from '../values.js';

const is = (test: (value: Value) => boolean): Operation => define([], test);

const isMapping = (value: Value): boolean =>
  value instanceof Map ||
  value instanceof LazyMap ||
  (value instanceof HostObject && value.keys?.() !== undefined);

const isInteger = (value: Value): boolean => asInt(value) !== undefined && typeof value !== 'boolean';

const remainder = (rest: number): Operation => is((value) => equals(binary('%', value, 2), rest));

const notANumber: Operation = is((value) => {
  assertDefined(value);
  return Number.isNaN(asNumber(value) ?? 0);
});

function nameOf(value: Value): string {
  if (isStr(value)) return plain(value);
  throw new OperandError(`key must be a string, got ${typeName(value)} instead`);
}

/** Tests about what a value is. */
export const typeTests: Record<string, Operation> = {
  boolean: is((value) => typeof value === 'boolean'),
  callable: is((value) =>
    // An undefined value has every attribute, `__call__` too.
    value instanceof HostObject ? value.call !== undefined : value instanceof Undefined,
  ),
  defined: is((value) => !(value instanceof Undefined)),
  even: remainder(0),
  false: is((value) => value === false),
  float: is((value) => value instanceof PyFloat),
  integer: is(isInteger),
  iterable: is((value) => itemsOf(value) !== undefined),
  lower: is((value) => isCase(text(value), 'toLowerCase')),
  mapping: is(isMapping),
  none: is((value) => value === null),
  number: is((value) => asNumber(value) !== undefined),
  odd: remainder(1),
  sameas: define(['other'], (input, [other]) => input === other || (isAtom(input) && input === other)),
  sequence: is((value) => isStr(value) || Array.isArray(value) || value instanceof Tuple || isMapping(value)),
  string: is(isStr),
  true: is((value) => value === true),
  undefined: is((value) => value instanceof Undefined),
  upper: is((value) => isCase(text(value), 'toUpperCase')),
  // An undefined value has every attribute, `__html__` too.
  escaped: is((value) => value instanceof Undefined),
  isnan: notANumber,
  nan: notANumber,
  filter: define([], (input, _, context) => context.knows('filter', nameOf(input))),
  test: define([], (input, _, context) => context.knows('test', nameOf(input))),
  falsy: define(['convert_bool'], (input, [convert = false]) => !asTruthy(input, truth(convert))),
  truthy: define(['convert_bool'], (input, [convert = false]) => asTruthy(input, truth(convert))),
};

const isAtom = (value: Value): boolean => value === null || typeof value !== 'object';

const FALSE_WORDS = new Set(['false', 'no', 'off', '0', 'n', 'f']);

function asTruthy(value: Value, convert: boolean): boolean {
  if (!convert) return truth(value);
  if (isStr(value)) return !FALSE_WORDS.has(plain(value).toLowerCase()) && plain(value) !== '';
  return truth(value) && !equals(value, 0);
}
