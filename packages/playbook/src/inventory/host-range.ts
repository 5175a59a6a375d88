import { InventoryError } from './inventory-error.js';
import { readHostAddress } from './host-address.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function numbers(begin: string, end: string, step: number): string[] {
  const width = begin.startsWith('0') && begin.length > 1 ? begin.length : 0;
  if (width > 0 && width !== end.length)
    throw new InventoryError('host range must specify equal-length begin and end formats');
  if (!/^\d+$/.test(begin) || !/^\d+$/.test(end))
    throw new InventoryError(`the host range [${begin}:${end}] is neither of numbers nor of letters`);
  const found: string[] = [];
  for (let each = Number(begin); each <= Number(end); each += step) {
    found.push(String(each).padStart(width, '0'));
  }
  return found;
}

function letters(begin: string, end: string, step: number): string[] | undefined {
  const [first, last] = [LETTERS.indexOf(begin), LETTERS.indexOf(end)];
  if (begin.length !== 1 || end.length !== 1 || first === -1 || last === -1) return undefined;
  if (first > last) throw new InventoryError('host range must have begin <= end');
  return Array.from(LETTERS.slice(first, last + 1)).filter((_, index) => index % step === 0);
}

/** The values of `01:10:2`, both ends included. */
function valuesOf(range: string): string[] {
  const [begin = '', end, step = '1', ...more] = range.split(':');
  if (end === undefined || more.length > 0)
    throw new InventoryError('host range must be begin:end or begin:end:step');
  if (end === '') throw new InventoryError('host range must specify end value');
  if (!/^\d+$/.test(step) || Number(step) === 0)
    throw new InventoryError(`the step of the host range [${range}] must be a number above 0`);
  const first = begin === '' ? '0' : begin;
  return letters(first, end, Number(step)) ?? numbers(first, end, Number(step));
}

/** The host names that `web[01:10:2].example` stands for. Throws InventoryError for a range that is none. */
function expandRanges(pattern: string): string[] {
  const [whole, head = '', range = '', tail = ''] = /^([^[]*)\[([^\]]*)\](.*)$/s.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return valuesOf(range).flatMap((value) => expandRanges(head + value + tail));
}

/** The hosts that an inventory's line names, and the port that all of them have. Throws InventoryError. */
export function expandHosts(written: string): { hosts: string[]; port: number | undefined } {
  const { host, port } = readHostAddress(written) ?? { host: written, port: undefined };
  return { hosts: expandRanges(host), port };
}
