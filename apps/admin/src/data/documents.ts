import type { ResourceDescription } from '@tenon/service-kit/admin/resource';

import { selectionOf } from './selection.js';

/** Page of a list: `items` and `totalCount`. */
export function listDocument(resource: ResourceDescription): string {
  const { type, many } = resource;
  return `query List${type}($filter: ${type}Filter, $sort: [SortInput!], $page: Int, $perPage: Int) {
  list: ${many}(filter: $filter, sort: $sort, page: $page, perPage: $perPage) {
    items { ${selectionOf(resource, 'list')} }
    totalCount
  }
}`;
}

/** One object, null when it does not exist or may not be seen. */
export function oneDocument(resource: ResourceDescription): string {
  return `query One${resource.type}($id: Int!) {
  one: ${resource.one}(id: $id) { ${selectionOf(resource, 'one')} }
}`;
}

export function createDocument(resource: ResourceDescription): string {
  const { type } = resource;
  return `mutation Create${type}($input: Create${type}Input!) {
  saved: create${type}(input: $input) { ${selectionOf(resource, 'one')} }
}`;
}

export function updateDocument(resource: ResourceDescription): string {
  const { type } = resource;
  return `mutation Update${type}($id: Int!, $input: Update${type}Input!, $expectedGeneration: Int) {
  saved: update${type}(id: $id, input: $input, expectedGeneration: $expectedGeneration) { ${selectionOf(resource, 'one')} }
}`;
}

export function deleteDocument({ type }: ResourceDescription): string {
  return `mutation Delete${type}($id: Int!) { deleted: delete${type}(id: $id) }`;
}

export const SYNC_NOW = 'mutation SyncNow($type: String!, $id: Int!) { done: syncNow(type: $type, id: $id) }';

export const DELETION_IMPACT =
  'query DeletionImpact($type: String!, $id: Int!) { impact: deletionImpact(type: $type, id: $id) }';
