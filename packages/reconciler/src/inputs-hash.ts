import { createHash } from 'node:crypto';

/**
 * A hash of plain data that does not depend on the order of keys. It is stored, so changing how it is computed makes every
 * object pending once.
 */
export function inputsHash(inputs: unknown): string {
  return createHash('sha256').update(JSON.stringify(inputs, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
