import { Synced } from '@tenon/model/entities/synced';

/** Whether rows of the class are synchronized with machines: they have a state, and are taken down before they go. */
export function isSynced(entity: new () => object): boolean {
  return entity.prototype instanceof Synced;
}
