import { OperandError } from '../errors.js';
import { concat, isStr } from '../text.js';
import { Tuple, Undefined, type Value } from '../values.js';
import { codePointLength, codePoints, codePointSlice } from './code-points.js';
import { integer } from './convert.js';
import { typeName } from './type-name.js';

interface Bounds {
  readonly start: Value | undefined;
  readonly stop: Value | undefined;
  readonly step: Value | undefined;
}

function position(given: Value | undefined, length: number, fallback: number, lowest: number): number {
  if (given === undefined || given === null) return fallback;
  const index = integer(given);
  return Math.max(lowest, Math.min(index < 0 ? index + length : index, length + lowest));
}

/** The indices of `[start:stop:step]` for a length. */
function indices(length: number, bounds: Bounds): number[] {
  const step = bounds.step === undefined || bounds.step === null ? 1 : integer(bounds.step);
  if (step === 0) throw new OperandError('slice step cannot be zero');
  const lowest = step > 0 ? 0 : -1;
  const start = position(bounds.start, length, step > 0 ? 0 : length - 1, lowest);
  const stop = position(bounds.stop, length, step > 0 ? length : -1, lowest);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function pick<T>(items: readonly T[], chosen: readonly number[]): T[] {
  return chosen.flatMap((index) => items.slice(index, index + 1));
}

/** `object[start:stop:step]` of a text, list or tuple. Throws OperandError for other types. */
export function sliceOf(object: Value, bounds: Bounds): Value {
  if (object instanceof Undefined) return object;
  if (Array.isArray(object)) return pick(object, indices(object.length, bounds));
  if (object instanceof Tuple) return new Tuple(pick(object.items, indices(object.items.length, bounds)));
  if (!isStr(object))
    throw new OperandError(`'${typeName(object)}' object is not subscriptable`, 'give a text or a list');
  const chosen = indices(codePointLength(object), bounds);
  const [first] = chosen;
  if (first === undefined) return codePointSlice(object, 0, 0);
  const isPlain = chosen.length === 1 || chosen[1] === first + 1;
  return isPlain
    ? codePointSlice(object, first, first + chosen.length)
    : concat(pick(codePoints(object), chosen));
}
