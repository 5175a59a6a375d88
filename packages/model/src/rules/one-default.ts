import type { EntityManager } from '@mikro-orm/postgresql';

import type { Row } from '../entities/row.js';
import { query } from './query.js';

/** When the row is the default, it is the only one: takes the mark from the others. */
export async function keepOneDefault(
  em: EntityManager,
  table: 'deployment' | 'flavor',
  row: Row & { isDefault: boolean },
): Promise<void> {
  if (!row.isDefault) return;
  const others = `is_default and id is distinct from ?::int`;
  const change = 'is_default = false, generation = generation + 1, updated = now()';
  // A new row has no id yet, so every other is another.
  await query(em, `update "${table}" set ${change} where ${others}`, [
    (row.id as number | undefined) ?? null,
  ]);
}
