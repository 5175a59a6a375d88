import { statfs } from 'node:fs/promises';
import { DriverError } from '../driver-error.js';

const GIB = 1024 ** 3;

/** Below this nothing is made. A machine with a web server needs 0.15 GiB, a full disk stops every machine at once. @default 2 GiB */
export const DEFAULT_DISK_FLOOR = 2 * GIB;

/**
 * Throws `no-space` when the disk below `path` has less than `floor` bytes left. A path that cannot be looked at
 * (an engine elsewhere) is no reason to refuse.
 */
export async function requireSpace(what: string, path: string | null, floor: number): Promise<void> {
  const left = path === null ? null : await freeBytes(path);
  if (left === null || left >= floor) return;
  throw new DriverError(
    'no-space',
    `cannot ${what}: the disk is nearly full (${gib(left)} GiB left below ${path ?? ''}, ${gib(floor)} GiB must stay free); free some space`,
    { retryable: true },
  );
}

async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return null; // not visible from here, e.g. in another mount namespace
  }
}

function gib(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
