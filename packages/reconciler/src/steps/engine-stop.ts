import { waiting } from '@tenon/service-kit/outcome';

import type { Compute } from '../compute-port.js';
import type { Stop } from '../step.js';

/** An engine that is missing or down is something to wait for, never an error. Null when it is ready. */
export async function engineStop(compute: Compute): Promise<Stop | null> {
  const readiness = await compute.readiness();
  return readiness.ready ? null : waiting(readiness.reason, { retryAfterMs: 5000 });
}
