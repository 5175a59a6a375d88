import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Reads plain rows in the current transaction, past the visibility filter: a rule counts all instances of a node, not
 * only those its user may see. Plain rows, because an entity read unfiltered would stay in the identity map and be
 * served to the user afterwards. `?` stands for a parameter.
 */
export async function query<T extends object>(
  em: EntityManager,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T[]> {
  return em.execute<T[]>(sql, [...params]);
}

/** The first row of {@link query}, or null. */
export async function queryOne<T extends object>(
  em: EntityManager,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T | null> {
  const [row] = await query<T>(em, sql, params);
  return row ?? null;
}
