import { randomUUID } from 'node:crypto';

import type { Lease, Ports } from './ports.js';
import type { Subject } from './subject.js';

/** Why work under a lease was told to stop. */
export type Interruption = 'lost' | 'deleting' | 'stopping';

/** The reason of an abort signal that `withLease` fired. */
export class Interrupted extends Error {
  constructor(readonly why: Interruption) {
    super(`the work was interrupted: ${why}`);
  }
}

/**
 * Runs `work` while nobody else may touch the object. A heartbeat renews the lease; its signal fires when the lease is lost,
 * when the object is to be deleted, or when `stopping` fires.
 * Returns null, without having run anything, when the object has changed since it was read or somebody else has it.
 */
export async function withLease<T>(
  subject: Subject,
  ports: Ports,
  stopping: AbortSignal,
  work: (owner: string, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const lease: Lease = { owner: `${ports.workerId}/${randomUUID()}`, ttlMs: ports.leaseMs };
  if (!(await ports.store.takeLease(subject.key, subject.facts.generation, lease))) return null;
  const abort = new AbortController();
  const heartbeat = startHeartbeat(subject, ports, lease, (why) => abort.abort(new Interrupted(why)));
  const onStop = () => abort.abort(new Interrupted('stopping'));
  stopping.addEventListener('abort', onStop, { once: true });
  if (stopping.aborted) onStop();
  try {
    return await work(lease.owner, abort.signal);
  } finally {
    stopping.removeEventListener('abort', onStop);
    heartbeat.stop();
  }
}

/** Renews the lease at a third of its length, so that two renewals may fail before it is lost. */
function startHeartbeat(
  subject: Subject,
  ports: Ports,
  lease: Lease,
  interrupt: (why: Interruption) => void,
) {
  let lastsUntil = performance.now() + lease.ttlMs;
  const beat = async () => {
    const sentAt = performance.now();
    const answer = await ports.store.keepLease(subject.key, lease).catch(() => null);
    if (answer === 'held' || answer === 'deleting') lastsUntil = sentAt + lease.ttlMs;
    // An object that was to be deleted from the start is being deleted by this very work.
    if (answer === 'deleting' && !subject.facts.deleting) interrupt('deleting');
    // Without an answer from the database the lease is ours only as long as it was last granted.
    if (answer === 'lost' || performance.now() >= lastsUntil) interrupt('lost');
  };
  const timer = setInterval(() => void beat(), lease.ttlMs / 3);
  return { stop: () => clearInterval(timer) };
}
