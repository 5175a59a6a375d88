import { useEffect, useState } from 'react';
import { useTenonProvider, type TenonDataProvider } from '@tenon/service-kit/admin/tenon-provider';

import { useLive } from '../../live/use-live.js';
import { EVENTS, FOLLOW, merge, type RunEvent } from './run-events.js';

const PAGE = 500;

interface FollowedEvents {
  events: readonly RunEvent[];
  problem: string | null;
}

/** The events of a run: those it has, and while it runs those that come, without a gap and without a repetition. */
export function useRunEvents(runId: number, isRunning: boolean): FollowedEvents {
  const provider = useTenonProvider();
  const { client, connection } = useLive();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let stopped = false;
    let unsubscribe = (): void => undefined;
    const add = (more: readonly RunEvent[]): void => {
      if (!stopped) setEvents((known) => merge(known, more));
    };
    const start = async (): Promise<void> => {
      const last = await loadAll(provider, runId, add);
      if (stopped || !isRunning || !client) return;
      unsubscribe = client.subscribe<{ runEvents: RunEvent }>(
        { query: FOLLOW, variables: { id: runId, after: last } },
        {
          next: ({ data }) => data && add([data.runEvents]),
          error: () => setProblem('The live output cannot be followed; load the page again.'),
          complete: () => undefined,
        },
      );
    };
    start().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      stopped = true;
      unsubscribe();
    };
    // A connection that came back starts anew: what happened in between is loaded.
  }, [provider, runId, isRunning, client, connection]);

  return { events, problem };
}

/** Loads every event there is, page by page; gives the sequence of the last. */
async function loadAll(
  provider: TenonDataProvider,
  id: number,
  add: (events: readonly RunEvent[]) => void,
): Promise<number> {
  let after = 0;
  for (;;) {
    const { run } = await provider.query<{ run: { events: RunEvent[] } | null }>(EVENTS, {
      id,
      after,
      limit: PAGE,
    });
    const events = run?.events ?? [];
    add(events);
    after = events.at(-1)?.sequence ?? after;
    if (events.length < PAGE) return after;
  }
}
