/**
 * What a step of the reconciler found out about one object. Waiting is not an error: nothing is wrong, something else has
 * to happen first. Failed will be retried by itself; blocked will not, a person has to change something.
 */
export type Outcome =
  | { kind: 'synced' }
  | {
      kind: 'waiting';
      /** One sentence for people: what is missing. */
      reason: string;
      /** Object key (`instance-3`) of what is waited for. */
      on?: string;
      /** When to look again if nothing wakes the object before, in ms. */
      retryAfterMs?: number;
    }
  | {
      kind: 'failed';
      /** One sentence for people: what went wrong. */
      cause: string;
      /** Lower bound of the next try, in ms; without it the exponential back-off decides. */
      retryAfterMs?: number;
    }
  | {
      kind: 'blocked';
      /** One sentence for people: what to change. */
      reason: string;
    };

/** One kind of outcome, so that callers know what a constructor gives. */
type OutcomeOf<Kind extends Outcome['kind']> = Extract<Outcome, { kind: Kind }>;

/** The object is as the model says. */
export const synced: OutcomeOf<'synced'> = { kind: 'synced' };

/** Something else must happen first: `reason` says what; `on` names the object that is waited for. */
export function waiting(
  reason: string,
  options: { on?: string; retryAfterMs?: number } = {},
): OutcomeOf<'waiting'> {
  return { kind: 'waiting', reason, ...options };
}

/** It went wrong and will be tried again; `retryAfterMs` is a lower bound of the wait. */
export function failed(cause: string, options: { retryAfterMs?: number } = {}): OutcomeOf<'failed'> {
  return { kind: 'failed', cause, ...options };
}

/** It cannot succeed before a person changes something; `reason` says what. */
export function blocked(reason: string): OutcomeOf<'blocked'> {
  return { kind: 'blocked', reason };
}
