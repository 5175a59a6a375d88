import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useRegistry } from '@tenon/service-kit/admin/registry-context';

import { useApi } from '../api-context.js';
import { createBatch } from './batch.js';
import { CHANGES, resourcesShowing, type Change } from './changes.js';
import { useLive } from './use-live.js';

/** A burst of changes, such as a run's, becomes one look at the server. Short enough to feel immediate. */
const GATHER_MS = 60;

/** Queries that are no resource's but show what changes. */
const ALWAYS_STALE = ['overview', 'installation'];

/** Keeps every page up to date: whatever changes on the server is asked for again. */
export function LiveUpdates() {
  useChanges();
  useCatchUp();
  return null;
}

function useChanges(): void {
  const { live, session } = useApi();
  const { client } = useLive();
  const queryClient = useQueryClient();
  const registry = useRegistry();

  useEffect(() => {
    if (!client) return;
    const batch = createBatch<string>(GATHER_MS, (names) => {
      for (const name of names) void queryClient.invalidateQueries({ queryKey: [name] });
    });
    // The server closes the socket for good when its session ends. If another session took its place, as after a change
    // of password, a new socket is opened; else the frame has to notice that nobody is signed in.
    const refused = async (): Promise<void> => {
      session.forget();
      if (await session.me()) live.reopen();
      else await queryClient.invalidateQueries({ queryKey: ['auth'] });
    };
    const unsubscribe = client.subscribe<{ changes: Change }>(
      { query: CHANGES },
      {
        next: ({ data }) => {
          if (data) batch.add([...resourcesShowing(registry, data.changes.type), ...ALWAYS_STALE]);
        },
        error: () => void refused().catch(() => undefined),
        complete: () => undefined,
      },
    );
    return () => {
      unsubscribe();
      batch.cancel();
    };
  }, [client, live, session, queryClient, registry]);
}

/** Whatever happened while nobody listened is not told again, so everything is asked for again. */
function useCatchUp(): void {
  const { live } = useApi();
  const { connection } = useLive();
  const queryClient = useQueryClient();

  useEffect(() => {
    if (connection !== 'lost') return;
    const stop = live.subscribe(() => {
      if (live.snapshot().connection === 'open') void queryClient.invalidateQueries();
    });
    return stop;
  }, [connection, live, queryClient]);
}
