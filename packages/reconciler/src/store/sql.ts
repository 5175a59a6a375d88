import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import type { ObjectType } from '../object-key.js';

/** The table that holds the synchronization facts of each kind. */
export const TABLES = {
  service: 'service',
  slice: 'slice',
  instance: 'instance',
  tenant: 'tenant',
} as const satisfies Record<ObjectType, string>;

/** One statement with `?` for parameters; gives its rows. */
export type Query = <T extends object>(text: string, parameters?: readonly unknown[]) => Promise<T[]>;

/**
 * Statements as SYSTEM. Plain SQL on purpose: the facts are written conditionally (a lease, a generation) in one statement,
 * which a unit of work cannot express.
 */
export function systemQuery(orm: MikroORM): Query {
  return (text, parameters) => queryIn(forPrincipal(orm, SYSTEM))(text, parameters);
}

/** The same inside the transaction of this EntityManager, if it is in one. */
export function queryIn(em: EntityManager): Query {
  return <T extends object>(text: string, parameters: readonly unknown[] = []) =>
    em.execute<T[]>(text, [...parameters]);
}
