import type { TenonRecord } from '@tenon/service-kit/admin/records';
import type { Registry, ResourceDescription } from '@tenon/service-kit/admin/resource';
import { HttpError, type GetListParams } from 'react-admin';

import { listDocument, oneDocument } from './documents.js';
import { toRecord } from './input.js';
import type { Request } from './request.js';

interface ListReply {
  list: { items: TenonRecord[]; totalCount: number };
}

/** The API's lists give this many rows at once. */
const MOST_ROWS = 100;

/** One object. @throws HttpError 404 when there is none, or none that may be seen. */
export async function readOne(
  request: Request,
  resource: ResourceDescription,
  id: unknown,
): Promise<TenonRecord> {
  const reply = await request<{ one: TenonRecord | null }>(oneDocument(resource), { id: Number(id) });
  if (!reply.one)
    throw new HttpError(`There is no ${resource.label} ${String(id)}, or you may not see it.`, 404);
  return toRecord(resource, reply.one);
}

/** The half of the data provider that reads. */
export function createReads(registry: Registry, request: Request) {
  const list = async (name: string, variables: Record<string, unknown>) => {
    const resource = registry.byName(name);
    const { list } = await request<ListReply>(listDocument(resource), variables);
    return { data: list.items.map((row) => toRecord(resource, row)), total: list.totalCount };
  };

  return {
    getList: (name: string, params: GetListParams) => list(name, listVariables(params)),

    getOne: async (name: string, { id }: { id: unknown }) => ({
      data: await readOne(request, registry.byName(name), id),
    }),

    getMany: (name: string, { ids }: { ids: unknown[] }) =>
      list(name, { filter: { ids: ids.map(Number) }, perPage: MOST_ROWS }),

    getManyReference: (name: string, params: GetListParams & { target: string; id: unknown }) => {
      const filter = { ...asFilter(params.filter), [params.target]: Number(params.id) };
      return list(name, listVariables({ ...params, filter }));
    },
  };
}

function listVariables({ pagination, sort, filter }: GetListParams): Record<string, unknown> {
  return {
    filter: asFilter(filter),
    ...(sort && { sort: [{ field: sort.field, order: sort.order }] }),
    ...(pagination && { page: pagination.page, perPage: Math.min(pagination.perPage, MOST_ROWS) }),
  };
}

function asFilter(filter: unknown): Record<string, unknown> {
  return typeof filter === 'object' && filter !== null ? { ...filter } : {};
}
