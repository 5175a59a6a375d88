import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { SYNC_STATES, type SyncState } from '@tenon/service-kit/admin/sync-states';
import type { TenonRecord } from '@tenon/service-kit/admin/records';
import { useTenonProvider } from '@tenon/service-kit/admin/tenon-provider';

/** What the first page shows. */
export interface Overview {
  /** How many tenants are in each state. */
  tenants: Record<SyncState, number>;
  services: TenonRecord[];
  runs: TenonRecord[];
}

const STATES = Object.keys(SYNC_STATES) as SyncState[];
const counts = STATES.map(
  (state) => `${state}: tenants(filter: { syncState: [${state}] }, perPage: 1) { totalCount }`,
);

/** Everything the first page shows, in one request. */
export const OVERVIEW = `query Overview {
  ${counts.join('\n  ')}
  services(perPage: 20) { items { id label kind enabled syncState statusText } }
  runs(sort: [{ field: "id", order: DESC }], perPage: 8) { items { id label objectLabel outcome trigger startedAt } }
}`;

type Reply = Record<SyncState, { totalCount: number }> &
  Record<'services' | 'runs', { items: TenonRecord[] }>;

/** Asks for the first page's figures in one request. */
export function useOverview(): UseQueryResult<Overview> {
  const provider = useTenonProvider();
  return useQuery({
    queryKey: ['overview'],
    queryFn: async () => {
      const reply = await provider.query<Reply>(OVERVIEW);
      const tenants = Object.fromEntries(STATES.map((state) => [state, reply[state].totalCount]));
      return {
        tenants: tenants as Record<SyncState, number>,
        services: reply.services.items,
        runs: reply.runs.items,
      };
    },
  });
}
