import { OperandError } from '../errors.js';
import { getMember } from '../python/access.js';
import { equals, truth } from '../python/compare.js';
import { characters } from '../python/convert.js';
import { typeName } from '../python/type-name.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { Undefined, type Value } from '../values.js';

const TRUE_WORDS = new Set(['yes', 'on', '1', 'true']);

/** Ansible's `bool`: only the words yes, on, 1, true (any case) and the number 1 are true. */
export function toBool(value: Value): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  return isStr(value) ? TRUE_WORDS.has(plain(value).toLowerCase()) : equals(value, 1);
}

const fallback: Operation = define(
  ['default_value', 'boolean'],
  (input, [otherwise = '', boolean = false]) => {
    const isMissing = input instanceof Undefined || (truth(boolean) && !truth(input));
    return isMissing ? otherwise : input;
  },
);

/** Filters that choose. */
export const logicFilters: Record<string, Operation> = {
  attr: define(['name'], (input, [name]) => getMember(input, characters(required(name, 'name')))),
  bool: define([], toBool),
  d: fallback,
  default: fallback,
  mandatory: define(['msg'], (input, [message = null]) => {
    if (!(input instanceof Undefined)) return input;
    throw new OperandError(
      message === null ? `Mandatory variable not defined: ${input.problem}` : characters(message),
      'define it',
    );
  }),
  ternary: define(['true_val', 'false_val', 'none_val'], (input, [whenTrue, whenFalse, whenNone = null]) => {
    if (input === null && whenNone !== null) return whenNone;
    return truth(input) ? required(whenTrue, 'true_val') : required(whenFalse, 'false_val');
  }),
  type_debug: define([], (input) => typeName(input)),
};
