import { ModuleError } from '../module.js';

const ALGORITHMS = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

/** What a file must hash to. */
export interface Checksum {
  /** The program is `ALGORITHMsum`. */
  readonly algorithm: string;
  /** Lower-case hexadecimal digits. */
  readonly digest: string;
}

/** Reads `sha256:DIGEST`. Throws ModuleError. */
export function readChecksum(text: string): Checksum {
  const [, algorithm, written] = /^([^:]*):([^]*)$/.exec(text) ?? [];
  if (algorithm === undefined || written === undefined)
    throw new ModuleError('The checksum parameter has to be in format <algorithm>:<checksum>');
  if (!ALGORITHMS.has(algorithm))
    throw new ModuleError(
      `Could not hash file with algorithm '${algorithm}'. Available algorithms: ${[...ALGORITHMS].join(', ')}`,
    );
  const digest = written.replace(/\W+/g, '').toLowerCase();
  if (!/^[\da-f]+$/.test(digest)) throw new ModuleError('The checksum format is invalid');
  return { algorithm, digest };
}

/** The digest of a file in a list as sha256sum prints it, or the only word that there is. */
export function findChecksum(list: string, name: string): string | undefined {
  const lines = list.replace(/\n$/, '').split('\n');
  const [only = ''] = lines;
  if (lines.length === 1 && !/\s/.test(only.trim())) return only.trim();
  return lines
    .map((line) => /^(\S+) [ *]?(.*)$/.exec(line))
    .find((match) => match?.[2]?.replace(/^[./]+/, '') === name)?.[1];
}
