import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../transport/errors.js';

/** Waits; rejects with CancelledError when the run is cancelled. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw new CancelledError();
  }
}
