import type { EntityMetadata, MikroORM } from '@mikro-orm/postgresql';
import type { EntityDescription } from '@tenon/model/entity-description';

import type { TableChange } from './change-feed.js';

/** The tables whose rows decide what somebody sees: a change there changes the visibility of other rows. */
const DECIDING_TABLES: ReadonlySet<string> = new Set([
  'site_privilege',
  'slice_privilege',
  'service_privilege',
  'slice',
]);

/**
 * Whether a change may show or hide rows of other tables. A tenant shows its provider to its creator, but only its coming
 * and going counts: the worker writes its state all the time.
 */
export function decidesVisibility({ table, op }: TableChange): boolean {
  return DECIDING_TABLES.has(table) || (table === 'tenant' && op !== 'UPDATE');
}

/**
 * The types that have a part of their rows in a table, by its name. A type of a service package has its rows in the
 * tables of its base classes too.
 */
export function typesByTable(
  orm: MikroORM,
  descriptions: readonly EntityDescription[],
): ReadonlyMap<string, readonly EntityDescription[]> {
  const types = new Map<string, EntityDescription[]>();
  for (const description of descriptions) {
    let part: EntityMetadata | undefined = orm.getMetadata().get(description.entity);
    for (; part !== undefined; part = part.tptParent) {
      types.set(part.tableName, [...(types.get(part.tableName) ?? []), description]);
    }
  }
  return types;
}
