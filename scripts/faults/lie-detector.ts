import { setTimeout as sleep } from 'node:timers/promises';
import { readPage, readTenant } from '../tutorial/actions.ts';
import type { Subject, Victim } from './fault.ts';

/** Watches all the time for a tenant that is called in sync while its page says something else. */
export interface LieDetector {
  /** Ends the watch; returns what was seen, one sentence a lie. */
  stop(): Promise<string[]>;
}

/**
 * A page that cannot be read is no lie: a machine that somebody removed is noticed a moment later. A page that says
 * something else than the message of the same answer, before and after the page was read, is one.
 */
async function look({ client }: Victim, subject: Subject): Promise<string | undefined> {
  const before = await readTenant(client, subject.id);
  if (before?.syncState !== 'IN_SYNC') return undefined;
  const page = await readPage(subject.url);
  const after = await readTenant(client, subject.id);
  const isStill = after?.syncState === 'IN_SYNC' && after.tenantMessage === before.tenantMessage;
  if (page === undefined || !isStill || page === `${before.tenantMessage}\n`) return undefined;
  return `tenant ${subject.id} was called in sync with ${JSON.stringify(before.tenantMessage)} while its page said ${JSON.stringify(page)}`;
}

/** Starts the watch over all subjects of the victim. */
export function watchForLies(victim: Victim): LieDetector {
  const stopping = new AbortController();
  const lies = new Set<string>();
  const watch = async () => {
    while (!stopping.signal.aborted) {
      for (const subject of victim.subjects) {
        // The api or its database may be away: that is what the faults are about.
        const lie = await look(victim, subject).catch(() => undefined);
        if (lie !== undefined) lies.add(lie);
      }
      await sleep(20);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
      return [...lies];
    },
  };
}
