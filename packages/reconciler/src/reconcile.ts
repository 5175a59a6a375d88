import { finish } from './finish.js';
import { Interrupted, withLease } from './lease.js';
import type { ObjectKey } from './object-key.js';
import type { Ports } from './ports.js';
import { explain } from './explain.js';
import type { Look, StepOutcome } from './step.js';
import { stepFor } from './steps.js';
import type { SyncFacts } from './subject.js';

/** What one call came to: an outcome, or why nothing was done. */
export type Reconciled =
  StepOutcome | { kind: 'idle'; why: 'gone' | 'not due' | 'settled' | 'busy' | 'interrupted' };

/**
 * Brings one object one step closer to the model: load → look → lease → act → finish. Which event woke it does not matter;
 * everything is read anew. `stopping` fires when the worker is to end.
 * Throws only when the store fails; the lease then runs out and the sweep finds the object again.
 */
export async function reconcile(key: ObjectKey, ports: Ports, stopping: AbortSignal): Promise<Reconciled> {
  const subject = await ports.store.load(key);
  if (subject === null) return { kind: 'idle', why: 'gone' };
  if (!isDue(subject.facts)) return { kind: 'idle', why: 'not due' };

  const step = stepFor(subject);
  const look = await step.look(ports).catch((error: unknown): Look => explain(error));
  if (look.kind === 'settled') return { kind: 'idle', why: 'settled' };
  if (look.kind !== 'due')
    return (await finish(subject, look, null, ports)) ? look : { kind: 'idle', why: 'busy' };

  const outcome = await withLease(subject, ports, stopping, async (owner, signal) => {
    const result = await step
      .act({ ports, inputs: look.inputs, owner, signal })
      .catch((error: unknown) => explain(error));
    if (signal.aborted) return giveBack(key, owner, signal, ports);
    return (await finish(subject, result, owner, ports)) ? result : interrupted;
  });
  return outcome ?? { kind: 'idle', why: 'busy' };
}

const interrupted: Reconciled = { kind: 'idle', why: 'interrupted' };

/** Half-done work says nothing about the object. It is looked at again at once, by whoever comes first. */
async function giveBack(
  key: ObjectKey,
  owner: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<Reconciled> {
  const lost = signal.reason instanceof Interrupted && signal.reason.why === 'lost';
  if (!lost) {
    await ports.store.dropLease(key, owner);
    await ports.sendHints([key]);
  }
  return interrupted;
}

/** A deletion goes on whatever else is true; a paused or blocked object waits for a person; the rest waits for its time. */
function isDue(facts: SyncFacts): boolean {
  if (facts.leased || facts.postponed) return false;
  return facts.deleting || (!facts.paused && facts.blockedReason === null);
}
