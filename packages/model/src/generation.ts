import { raw } from '@mikro-orm/core';

import type { Row } from './entities/row.js';
import { Synced } from './entities/synced.js';

/** What an edit clears: the row is tried again at once, as if it had never failed. */
const CLEARED = {
  attempts: 0,
  nextAttemptAt: null,
  lastError: null,
  waitingFor: null,
  waitingOn: null,
  blockedReason: null,
} satisfies Partial<Synced>;

/**
 * Counts one declarative change. The database adds the 1, so that two changes at once never share a generation: the
 * worker would take the second for done.
 */
export function markChanged(row: Row): void {
  Reflect.set(row, 'generation', raw('generation + 1'));
  row.updated = new Date();
  clearLastTry(row);
}

/** Forgets the last try: the next look at the row tries again. */
export function clearLastTry(row: Row): void {
  if (row instanceof Synced) Object.assign(row, CLEARED);
}
