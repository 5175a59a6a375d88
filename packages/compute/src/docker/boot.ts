import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from '../driver.js';
import { DriverError } from '../driver-error.js';

/** A boot takes about a second, ten on a crowded host; the reconciler comes again for a slower one. */
const PATIENCE_MS = 15_000;
const POLL_MS = 50;

/**
 * Waits until a started machine's sshd answers; after the patience or an abort the machine is returned as it is.
 * Throws `refused` when somebody removed it meanwhile.
 */
export async function booted(
  observe: () => Promise<Machine | null>,
  what: string,
  signal?: AbortSignal,
): Promise<Machine> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const machine = await observe();
    if (machine === null) {
      const why = 'somebody removed it meanwhile; it is tried again';
      throw new DriverError('refused', `cannot ${what}: ${why}`, { retryable: true });
    }
    if (machine.state === 'running' || Date.now() > deadline || signal?.aborted) return machine;
    await delay(POLL_MS);
  }
}
