import type { TenonRecord } from '@tenon/service-kit/admin/records';
import type { Registry, ResourceDescription } from '@tenon/service-kit/admin/resource';
import { HttpError, type RaRecord } from 'react-admin';

import { createDocument, deleteDocument, SYNC_NOW, updateDocument } from './documents.js';
import { gatherUnknown } from './errors.js';
import { createInput, inputNames, toRecord, updateInput } from './input.js';
import { readOne } from './reads.js';
import type { Request } from './request.js';

interface UpdateParams {
  id: unknown;
  data: Record<string, unknown>;
  previousData?: Record<string, unknown>;
}

/** The half of the data provider that changes something. */
export function createWrites(registry: Registry, request: Request) {
  const syncNow = async (name: string, id: number): Promise<void> => {
    await request(SYNC_NOW, { type: registry.byName(name).type, id });
  };

  const remove = async (name: string, id: unknown): Promise<void> => {
    await request(deleteDocument(registry.byName(name)), { id: Number(id) });
  };

  return {
    syncNow,

    create: async (name: string, { data }: { data: Record<string, unknown> }) => {
      const resource = registry.byName(name);
      const variables = { input: createInput(resource, data) };
      return { data: await save(request, resource, { document: createDocument(resource), variables }) };
    },

    update: async (name: string, { id, data, previousData }: UpdateParams) => {
      const resource = registry.byName(name);
      const input = updateInput(resource, data, previousData ?? {});
      // Saving without a change means: carry it out again.
      if (resource.synced && Object.keys(input).length === 0) {
        await syncNow(name, Number(id));
        return { data: await readOne(request, resource, id) };
      }
      const variables = { id: Number(id), input, expectedGeneration: data['generation'] ?? null };
      return { data: await save(request, resource, { document: updateDocument(resource), variables }) };
    },

    updateMany: () =>
      Promise.reject(new Error('cannot change many objects at once: the API has no such mutation')),

    delete: async (name: string, { id, previousData }: { id: unknown; previousData?: RaRecord }) => {
      await remove(name, id);
      return { data: previousData ?? { id: Number(id) } };
    },

    deleteMany: async (name: string, { ids }: { ids: unknown[] }) => {
      for (const id of ids) await remove(name, id);
      return { data: ids };
    },
  };
}

interface SaveRequest {
  document: string;
  variables: Record<string, unknown>;
}

async function save(
  request: Request,
  resource: ResourceDescription,
  { document, variables }: SaveRequest,
): Promise<TenonRecord> {
  try {
    const { saved } = await request<{ saved: TenonRecord }>(document, variables);
    return toRecord(resource, saved);
  } catch (error) {
    throw error instanceof HttpError ? gatherUnknown(error, inputNames(resource)) : error;
  }
}
