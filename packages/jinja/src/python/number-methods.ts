import type { CallContext } from '../call-context.js';
import { define } from '../signature.js';
import { PyFloat, type CallArguments, type Value } from '../values.js';
import type { Int } from './numbers.js';

type NumberMethod<T> = (self: T, args: CallArguments, context: CallContext) => Value;

const bits = (int: Int): string => (int < 0 ? -BigInt(int) : BigInt(int)).toString(2);

/** The methods of Python's `int`. */
export const intMethods: Partial<Record<string, NumberMethod<Int>>> = {
  bit_count: define([], (self: Int) => bits(self).replaceAll('0', '').length),
  bit_length: define([], (self: Int) => (Number(self) === 0 ? 0 : bits(self).length)),
  conjugate: define([], (self: Int) => self),
};

/** The methods of Python's `float`. */
export const floatMethods: Partial<Record<string, NumberMethod<PyFloat>>> = {
  conjugate: define([], (self: PyFloat) => self),
  is_integer: define([], (self: PyFloat) => Number.isInteger(self.value)),
};

/** The members of a number that are no methods; undefined for others. */
export function numberMember(self: Int | PyFloat, name: string): Value | undefined {
  const isFloat = self instanceof PyFloat;
  if (name === 'real') return self;
  if (name === 'imag') return isFloat ? new PyFloat(0) : 0;
  if (name === 'numerator' && !isFloat) return self;
  return name === 'denominator' && !isFloat ? 1 : undefined;
}
