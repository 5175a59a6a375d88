import type { EntityManager } from '@mikro-orm/postgresql';

import type { Row } from '../entities/row.js';
import { newRow } from '../new-row.js';
import { markDerived } from './provenance.js';

/** Adds a row that a rule derives from what the user did. The rule decides that it may be, not the user's privileges. */
export function derive<T extends Row>(em: EntityManager, entity: new () => T, values: Partial<T>): T {
  const row = newRow(entity, values);
  markDerived(row);
  em.persist(row);
  return row;
}
