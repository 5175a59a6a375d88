import type { Registry } from '@tenon/service-kit/admin/resource';

/** One change of an object, as the API tells it. */
export interface Change {
  type: string;
  id: number;
  generation: number | null;
  op: 'CREATED' | 'UPDATED' | 'DELETED';
}

/** The document that subscribes to every change the person may see. */
export const CHANGES = 'subscription Changes { changes { type id generation op } }';

/** The names of the resources whose pages show something of an object of this type. */
export function resourcesShowing(registry: Registry, type: string): string[] {
  return registry.all
    .filter((resource) => resource.type === type || (resource.dependsOn ?? []).includes(type))
    .map((resource) => resource.name);
}
