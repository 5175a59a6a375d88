import { createHash } from 'node:crypto';

/** The lines that go onto a machine: trimmed, without empty ones and repetitions, in a fixed order. */
export function authorizedKeyLines(keys: readonly string[]): string[] {
  const lines = keys.flatMap((key) => key.split(/\r?\n/)).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))].sort();
}

/** Hash of a set of public keys, whatever their order; compare it with `Machine.keysHash`. '' for no keys at all. */
export function keysHash(keys: readonly string[]): string {
  const lines = authorizedKeyLines(keys);
  if (lines.length === 0) return '';
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}
