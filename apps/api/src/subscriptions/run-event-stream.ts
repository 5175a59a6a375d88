import type { EntityManager } from '@mikro-orm/postgresql';
import { RunEvent } from '@tenon/model/entities/run-event';

import type { ChangeFeed } from './change-feed.js';
import { createMailbox } from './mailbox.js';

/** What one subscription to a run's events needs. */
export interface RunEventStreamOptions {
  feed: ChangeFeed;
  runId: number;
  /** Only events with a greater sequence. */
  after: number;
  /** A new entity manager under the subscriber's policies of this moment. */
  fork: () => EntityManager;
}

const BATCH = 500;

/** The events of a run: those stored so far, then new ones as they come. Silent when the subscriber may not see the run. */
export function runEventStream({
  feed,
  runId,
  after,
  fork,
}: RunEventStreamOptions): AsyncIterableIterator<RunEvent> {
  let last = after;
  let isBusy = false;
  let isStale = true;

  const drain = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    while (isStale) {
      isStale = false;
      const events = await fork().find(
        RunEvent,
        { run: runId, sequence: { $gt: last } },
        { orderBy: { sequence: 'asc' }, limit: BATCH },
      );
      for (const event of events) mailbox.put(event);
      last = events.at(-1)?.sequence ?? last;
      if (events.length === BATCH) isStale = true;
    }
    isBusy = false;
  };
  const wake = (): void => {
    isStale = true;
    drain().catch((error: unknown) => mailbox.fail(error));
  };

  const stop = feed.listen({
    changed(changes) {
      if (changes.some(({ run }) => run === runId)) wake();
    },
    resynchronize: wake,
  });
  const mailbox = createMailbox<RunEvent>(stop);
  wake();
  return mailbox;
}
