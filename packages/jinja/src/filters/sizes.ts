import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { characters, number } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import { truncate } from '../python/numbers.js';
import { percentFormat } from '../python/percent-format.js';
import { PyFloat, type Value } from '../values.js';

const UNITS = ['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'K', 'B'];

const limitOf = (unit: string): number =>
  unit === 'B' ? 1 : 2 ** (10 * (UNITS.length - 1 - UNITS.indexOf(unit)));

function toHuman(size: number, isBits: boolean, unit: string | null): string {
  const wanted = unit?.toUpperCase();
  const found = UNITS.find((each) => (wanted === undefined ? size >= limitOf(each) : each === wanted)) ?? 'B';
  const name = isBits ? 'bits' : 'Bytes';
  return `${plain(percentFormat('%.2f', new PyFloat(size / limitOf(found))))} ${found === 'B' ? name : found + name.charAt(0)}`;
}

function assertUnit(unit: string, isBits: boolean, source: string): void {
  const range = unit.charAt(0).toUpperCase();
  const [letter, word] = isBits ? ['b', 'bit'] : ['B', 'byte'];
  if (!UNITS.includes(range))
    throw new OperandError(
      `human_to_bytes() can't interpret the unit of '${source}'`,
      `use one of ${UNITS.join(', ')}`,
    );
  if (unit.length > 1 && !unit.toLowerCase().includes(word) && unit.charAt(1) !== letter) {
    throw new OperandError(
      `human_to_bytes() can't interpret '${source}'`,
      `write ${range}${letter} or ${range}`,
    );
  }
}

function toBytes(source: string, defaultUnit: string | null, isBits: boolean): Value {
  const [, digits = '', unit = defaultUnit] = /^\s*(\d*\.?\d*)\s*([A-Za-z]+)?/.exec(source) ?? [];
  const size = Number(digits);
  if (digits === '' || Number.isNaN(size))
    throw new OperandError(`human_to_bytes() can't interpret '${source}'`, 'give a number and a unit');
  if (unit === null) return truncate(Math.round(size));
  assertUnit(unit, isBits, source);
  return truncate(Math.round(size * limitOf(unit.charAt(0).toUpperCase())));
}

function sizeNumber(value: Value): number {
  const size = isStr(value) ? Number(plain(value)) : number(value);
  if (Number.isNaN(size))
    throw new OperandError(`human_readable() can't interpret '${characters(value)}'`, 'give a number');
  return size;
}

const unitOf = (unit: Value): string | null => (unit === null ? null : characters(unit));

/** Filters between sizes for people and numbers of bytes. */
export const sizeFilters: Record<string, Operation> = {
  human_readable: define(['isbits', 'unit'], (input, [isBits = false, unit = null]) =>
    toHuman(sizeNumber(input), truth(isBits), unitOf(unit)),
  ),
  human_to_bytes: define(['default_unit', 'isbits'], (input, [unit = null, isBits = false]) =>
    toBytes(characters(input), unitOf(unit), truth(isBits)),
  ),
};
