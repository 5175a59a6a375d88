import { useGetIdentity, useGetList } from 'react-admin';

import type { TenonRecord } from './records.js';

/** What a new tenant starts with: the first service of its kind, and the person at the screen as its creator. */
export function tenantDefaults(service: string): () => Record<string, unknown> {
  return function useTenantDefaults() {
    const { identity } = useGetIdentity();
    const { data } = useGetList<TenonRecord>(service, {
      pagination: { page: 1, perPage: 1 },
      sort: { field: 'id', order: 'ASC' },
    });
    return { providerId: data?.[0]?.id ?? null, creatorId: identity?.id ?? null };
  };
}
