const MINUTE = 60_000;

interface Attempts {
  failures: number;
  /** When the count starts anew, ms since the epoch. */
  until: number;
}

/** Slows down guessing of passwords. Counts failures only, in this process's memory. */
export interface LoginLimit {
  /** How many ms this caller has to wait before the next attempt; 0 when he may try. */
  waitMs(email: string, address: string): number;
  /** Notes a wrong password. */
  failed(email: string, address: string): void;
  /** Forgets the failures of one user from one address, after a right password. */
  succeeded(email: string, address: string): void;
}

/** Limits of {@link createLoginLimit}. */
interface LoginLimits {
  /** Failures allowed for one user from one address. @default 10 */
  perUser: number;
  /** Failures allowed from one address, whoever the users. @default 100 */
  perAddress: number;
  /** How long failures count, in ms. @default 5 minutes */
  windowMs: number;
}

const DEFAULTS = { perUser: 10, perAddress: 100, windowMs: 5 * MINUTE } satisfies LoginLimits;

/**
 * The first limit is per user *and* address, not per user alone: otherwise anyone could lock the administrator out by
 * guessing wrongly on his behalf.
 */
export function createLoginLimit(
  limits: Partial<LoginLimits> = {},
  now: () => number = Date.now,
): LoginLimit {
  const { perUser, perAddress, windowMs } = { ...DEFAULTS, ...limits };
  const attempts = new Map<string, Attempts>();
  const userKey = (email: string, address: string) => `${address} ${email.toLowerCase()}`;

  const waitFor = (key: string, allowed: number): number => {
    const entry = attempts.get(key);
    if (!entry || entry.failures < allowed) return 0;
    return Math.max(0, entry.until - now());
  };
  const count = (key: string): void => {
    const entry = attempts.get(key);
    if (entry && entry.until > now()) entry.failures += 1;
    else attempts.set(key, { failures: 1, until: now() + windowMs });
  };
  const forgetExpired = (): void => {
    for (const [key, entry] of attempts) if (entry.until <= now()) attempts.delete(key);
  };

  return {
    waitMs: (email, address) =>
      Math.max(waitFor(userKey(email, address), perUser), waitFor(address, perAddress)),
    failed(email, address) {
      forgetExpired();
      count(userKey(email, address));
      count(address);
    },
    succeeded: (email, address) => void attempts.delete(userKey(email, address)),
  };
}
