import type { EntityManager } from '@mikro-orm/postgresql';

import type { Action, Policy, Rows } from '../policy.js';
import type { UserPrincipal } from '../principal.js';

/** The parts of a policy that differ from entity to entity, said for a user who is no installation admin. */
export interface PolicyParts<T> {
  /** The rows that the user may see. */
  see(user: UserPrincipal): Rows;
  /** The rows that the user may update. Default: none. */
  update?(user: UserPrincipal): Rows;
  /** The rows that the user may delete. Default: those that he may update. */
  delete?(user: UserPrincipal): Rows;
  /** The places in which the user may create rows, and which of them a row is in. Default: nowhere. */
  create?: { in(user: UserPrincipal): Rows; place(row: T): { id: number } | null };
  /** An update may move the row to another place, where the user must be allowed to create. Default: false. */
  movable?: boolean;
  /** Rows come and go by rules and the worker alone: nobody may change them, an admin neither. Default: false. */
  derived?: boolean;
  /** Properties that the user may not set. Default: none. */
  readOnly?(user: UserPrincipal, row: T | null): readonly string[];
}

/** Completes a policy by what holds for every entity: an admin may everything, a read-only user changes nothing. */
export function definePolicy<T extends { id: number }>(parts: PolicyParts<T>): Policy<T> {
  const change = (user: UserPrincipal, action: 'update' | 'delete'): Rows => {
    if (user.isReadonly || parts.derived === true) return 'none';
    if (user.isAdmin) return 'all';
    const update = parts.update?.(user) ?? 'none';
    return action === 'update' ? update : (parts.delete?.(user) ?? update);
  };
  const create = (user: UserPrincipal): Rows => {
    if (user.isReadonly || parts.derived === true) return 'none';
    return user.isAdmin ? 'all' : (parts.create?.in(user) ?? 'none');
  };
  const isPlacedIn = async (rows: Rows, row: T, em: EntityManager): Promise<boolean> =>
    contains(em, rows, parts.create?.place(row)?.id ?? null);
  return {
    see: (user) => (user.isAdmin ? 'all' : parts.see(user)),
    change,
    create,
    async may(user: UserPrincipal, action: Action, row: T, em: EntityManager): Promise<boolean> {
      if (action === 'create') return isPlacedIn(create(user), row, em);
      if (!(await contains(em, change(user, action), row.id))) return false;
      return action === 'delete' || parts.movable !== true || isPlacedIn(create(user), row, em);
    },
    readOnly: (user, row) => (user.isAdmin ? [] : (parts.readOnly?.(user, row) ?? [])),
  };
}

/** Whether an id is one of these rows. */
export async function contains(em: EntityManager, rows: Rows, id: number | null): Promise<boolean> {
  if (rows === 'all') return true;
  if (rows === 'none' || id === null) return false;
  const found = await em.execute<unknown[]>(`select 1 where ?::int in (${rows.sql})`, [id, ...rows.params]);
  return found.length > 0;
}

/** Whether there is any row at all among these; `all` counts as yes. */
export async function isAny(em: EntityManager, rows: Rows): Promise<boolean> {
  if (typeof rows === 'string') return rows === 'all';
  const found = await em.execute<unknown[]>(`select 1 from (${rows.sql}) as rows limit 1`, [...rows.params]);
  return found.length > 0;
}

/** The ids of a list that are among these rows, in one query. */
export async function among(
  em: EntityManager,
  rows: Rows,
  candidates: readonly number[],
): Promise<Set<number>> {
  if (rows === 'all') return new Set(candidates);
  if (rows === 'none' || candidates.length === 0) return new Set();
  const found = await em.execute<{ id: number }[]>(
    `select id from unnest(array[${candidates.map(() => '?').join(', ')}]::int[]) as candidate(id) where id in (${rows.sql})`,
    [...candidates, ...rows.params],
  );
  return new Set(found.map((row) => row.id));
}
