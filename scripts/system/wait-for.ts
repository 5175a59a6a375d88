import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** What is awaited, for the error: "PostgreSQL to accept connections". */
  what: string;
  timeoutMs: number;
  /** Time between two looks, in ms. @default 100 */
  everyMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Looks again and again until `look` returns something other than undefined, null or false, and returns that.
 * Throws when the time is over; an error thrown by `look` ends the wait at once.
 */
export async function waitFor<T>(
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  options: WaitOptions,
): Promise<T> {
  const end = performance.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > end) {
      throw new Error(`waited ${String(options.timeoutMs / 1000)} s in vain for ${options.what}`);
    }
    await sleep(
      options.everyMs ?? 100,
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  }
}
