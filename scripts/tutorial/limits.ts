import { say, seconds } from '../progress.ts';

/** A time that the tutorial promises, in ms. */
export interface Limit {
  name: string;
  limitMs: number;
}

export const limits = {
  served: { name: 'create → served', limitMs: 60_000 },
  changed: { name: 'change → served', limitMs: 2_000 },
  gone: { name: 'delete → gone', limitMs: 15_000 },
} satisfies Record<string, Limit>;

/** Prints a measured time beside its limit. Returns whether it is kept. */
export function judge(limit: Limit, ms: number): boolean {
  const kept = ms <= limit.limitMs;
  say(`      ${limit.name}: ${seconds(ms)} (limit ${limit.limitMs / 1000} s${kept ? '' : ': MISSED'})`);
  return kept;
}
