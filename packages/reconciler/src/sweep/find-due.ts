import type { SendHints } from '../ports.js';
import type { SweepStore } from '../sweep-port.js';

/** The most objects of a kind that one sweep hints at; the next one takes the rest. */
const AT_ONCE = 200;

/** Hints at everything that is due: what a lost hint missed, what waited for its time, what a dead worker held. */
export async function findDue(store: SweepStore, sendHints: SendHints): Promise<void> {
  await sendHints(await store.due(AT_ONCE));
}
