import type { Registry } from '@tenon/service-kit/admin/resource';
import type { TenonDataProvider } from '@tenon/service-kit/admin/tenon-provider';

import { DELETION_IMPACT } from './documents.js';
import { createReads } from './reads.js';
import type { Request } from './request.js';
import { createWrites } from './writes.js';

/** Gives react-admin its data out of Tenon's GraphQL API. */
export function createDataProvider(registry: Registry, request: Request): TenonDataProvider {
  const provider = {
    ...createReads(registry, request),
    ...createWrites(registry, request),
    query: request,
    deletionImpact: async (name: string, id: number) => {
      const variables = { type: registry.byName(name).type, id };
      const { impact } = await request<{ impact: string[] }>(DELETION_IMPACT, variables);
      return impact;
    },
  };
  // react-admin's types let the caller choose the type of the records, which no implementation can promise.
  return provider as TenonDataProvider;
}
