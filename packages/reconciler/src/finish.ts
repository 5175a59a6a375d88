import type { FactsChange, Finish, Ports } from './ports.js';
import type { StepOutcome, Stop } from './step.js';
import type { ObjectKey } from './object-key.js';
import { parseKey } from './object-key.js';
import type { Subject } from './subject.js';

const SECOND = 1000;
const FIRST_RETRY_MS = 2 * SECOND;
const LAST_RETRY_MS = 15 * 60 * SECOND;
/** How long something waits that nothing wakes. Whoever it waits for wakes it earlier. */
const WAIT_MS = 30 * SECOND;

/**
 * Writes down what came of a reconciliation: the only place where an outcome becomes facts. `owner` is null for an outcome
 * that needed no lease. Afterwards everything that waits for this object is woken.
 * Returns false when the lease was lost and nothing was written.
 */
export async function finish(
  subject: Subject,
  outcome: StepOutcome,
  owner: string | null,
  ports: Ports,
): Promise<boolean> {
  const written = await write(subject, outcome, owner, ports);
  if (written && isNews(subject, outcome)) await ports.sendHints(await ports.store.wake(subject.key));
  return written;
}

/** Those who wait for an object repeat its reason, so a new reason concerns them as well as success. */
function isNews({ facts }: Subject, outcome: StepOutcome): boolean {
  return outcome.kind !== 'waiting' || outcome.reason !== facts.waitingFor;
}

async function write(
  subject: Subject,
  outcome: StepOutcome,
  owner: string | null,
  ports: Ports,
): Promise<boolean> {
  if (outcome.kind === 'gone') return owner !== null && (await ports.store.remove(subject.key, owner));
  return ports.store.finish(subject.key, { owner, ...factsAfter(subject, outcome, ports.random()) });
}

/** The facts that follow from an outcome. `random` (0 up to 1) spreads retries by a fifth to either side. */
export function factsAfter(
  subject: Subject,
  outcome: Exclude<StepOutcome, { kind: 'gone' }>,
  random: number,
): Omit<Finish, 'owner'> {
  const { generation } = subject.facts;
  if (outcome.kind !== 'synced') {
    return { generation, unlessEdited: true, facts: factsOfStop(subject, outcome, random) };
  }
  const { inputs, on, machine } = outcome.applied;
  // The generation that was read, not the one the row has now: an edit made meanwhile stays pending.
  const enacted = {
    enactedGeneration: generation,
    enactedInputs: inputs,
    enactedOn: on,
    enactedNow: true,
  } as const;
  const facts = { ...enacted, ...NO_TROUBLE, attempts: 0, ...(machine && { machine }) };
  return { generation, unlessEdited: false, facts };
}

const NO_TROUBLE = {
  lastError: null,
  waitingFor: null,
  waitingOn: null,
  blockedReason: null,
  nextAttemptInMs: null,
} as const;

function factsOfStop(subject: Subject, stop: Stop, random: number): FactsChange {
  switch (stop.kind) {
    case 'waiting':
      return {
        ...NO_TROUBLE,
        waitingFor: stop.reason,
        waitingOn: blockerOf(stop.on),
        nextAttemptInMs: stop.retryAfterMs ?? WAIT_MS,
      };
    case 'failed':
      return {
        ...NO_TROUBLE,
        lastError: stop.cause,
        attempts: subject.facts.attempts + 1,
        nextAttemptInMs: Math.max(retryAfterMs(subject, random), stop.retryAfterMs ?? 0),
      };
    case 'blocked':
      return { ...NO_TROUBLE, blockedReason: stop.reason };
  }
}

function blockerOf(on: string | undefined): ObjectKey | null {
  const parsed = on === undefined ? null : parseKey(on);
  return parsed && `${parsed.type}-${parsed.id}`;
}

/** Exponential: 2 s, 4 s, 8 s … 15 min. Without back-off: the sync interval of the service. */
function retryAfterMs(subject: Subject, random: number): number {
  if (subject.type === 'tenant' && !subject.service.backoffEnabled) return subject.service.syncIntervalMs;
  const exponential = Math.min(FIRST_RETRY_MS * 2 ** subject.facts.attempts, LAST_RETRY_MS);
  return Math.round(exponential * (0.8 + 0.4 * random));
}
