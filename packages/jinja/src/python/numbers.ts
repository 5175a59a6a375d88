import { OperandError } from '../errors.js';
import { PyFloat, type Value } from '../values.js';

/** A Python int: a number while it is exact, a bigint beyond. */
export type Int = number | bigint;

/** An int result of more bits than this is refused: a template must not exhaust the memory. */
const MAX_BITS = 1_000_000;

/** The smallest form of an int. */
export function toInt(value: bigint): Int {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** The value as an int when it is one (True is 1), else undefined. */
export function asInt(value: Value): Int | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** The value as a JavaScript number when it is an int or a float, else undefined. */
export function asNumber(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.value;
  const int = asInt(value);
  return int === undefined ? undefined : Number(int);
}

/** A float cut to an int, towards zero. Throws for nan and infinities, as Python does. */
export function truncate(value: number): Int {
  if (!Number.isFinite(value)) {
    throw new OperandError(`cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`);
  }
  const whole = Math.trunc(value) + 0;
  return Number.isSafeInteger(whole) ? whole : toInt(BigInt(whole));
}

const notZero = (divisor: Int): void => {
  if (Number(divisor) === 0) throw new OperandError('division by zero');
};

function exact(
  left: Int,
  right: Int,
  small: (a: number, b: number) => number,
  big: (a: bigint, b: bigint) => bigint,
): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = small(left, right);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return toInt(big(BigInt(left), BigInt(right)));
}

function floorDivide(left: Int, right: Int): Int {
  notZero(right);
  const small = (a: number, b: number) => Math.floor(a / b);
  return exact(left, right, small, (a, b) => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b));
}

function modulo(left: Int, right: Int): Int {
  notZero(right);
  return exact(
    left,
    right,
    (a, b) => ((a % b) + b) % b,
    (a, b) => ((a % b) + b) % b,
  );
}

/** The float nearest to a quotient, also of ints that no float holds exactly. */
function trueQuotient(left: Int, right: Int): number {
  if (typeof left === 'number' && typeof right === 'number') return left / right;
  const [dividend, divisor] = [BigInt(left), BigInt(right)];
  const bits = (int: bigint): number => int.toString(2).length;
  const shift = Math.max(0, 70 + bits(divisor) - bits(dividend));
  const shifted = dividend << BigInt(shift);
  const rest = shifted % divisor === 0n ? 0n : 1n;
  const quotient = Number(((shifted / divisor) << 1n) | rest) / 2 ** (shift + 1);
  if (!Number.isFinite(quotient)) throw new OperandError('integer division result too large for a float');
  return quotient;
}

function power(base: Int, exponent: Int): Value {
  if (exponent < 0) return new PyFloat(floatPower(Number(base), Number(exponent)));
  const bits = BigInt(base).toString(2).length * Number(exponent);
  if (bits > MAX_BITS) throw new OperandError(`${base} ** ${exponent} is too large to compute`);
  return exact(
    base,
    exponent,
    (a, b) => a ** b,
    (a, b) => a ** b,
  );
}

/** Arithmetic on two ints, by operator. */
export const intOperators: Record<string, (left: Int, right: Int) => Value> = {
  '+': (left, right) =>
    exact(
      left,
      right,
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  '-': (left, right) =>
    exact(
      left,
      right,
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  '*': (left, right) =>
    exact(
      left,
      right,
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  '/': (left, right) => {
    notZero(right);
    return new PyFloat(trueQuotient(left, right));
  },
  '//': floorDivide,
  '%': modulo,
  '**': power,
};

function floatModulo(left: number, right: number): number {
  const rest = left % right;
  if (rest === 0) return right < 0 ? -0 : 0;
  return rest < 0 !== right < 0 ? rest + right : rest;
}

function floatFloor(left: number, right: number): number {
  const result = Math.floor((left - floatModulo(left, right)) / right + 0.5);
  // Zero has the sign of the quotient.
  return result === 0 && (left / right < 0 || Object.is(left / right, -0)) ? -0 : result;
}

function floatPower(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) throw new OperandError('0.0 cannot be raised to a negative power');
  const result = base ** exponent;
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isNaN(result))
    throw new OperandError("(34, 'Numerical result out of range')", 'use smaller numbers');
  return result;
}

const divide = (operation: (a: number, b: number) => number) => (left: number, right: number) => {
  if (right === 0) throw new OperandError('float division by zero');
  return operation(left, right);
};

/** Arithmetic when one of the two is a float, by operator. */
export const floatOperators: Record<string, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': divide((left, right) => left / right),
  '//': divide(floatFloor),
  '%': divide(floatModulo),
  '**': floatPower,
};
