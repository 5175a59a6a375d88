import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

import { UnauthenticatedError } from './errors.js';

/** Somebody who signed in. */
export interface UserPrincipal {
  kind: 'user';
  userId: number;
  isAdmin: boolean;
  isReadonly: boolean;
}

/** On whose behalf the database is read and written. The worker and the bootstrap are SYSTEM: no filter, no guard. */
export type Principal = UserPrincipal | { kind: 'system' };

/** The explicit principal of the worker, the bootstrap and the login. */
export const SYSTEM: Principal = { kind: 'system' };

/** Name of the one filter that every query passes; its parameters carry the principal. */
export const VISIBLE = 'visible';

/**
 * An EntityManager of its own (empty identity map) that reads what the principal may see and writes what he may change.
 * Every other fork of `orm.em` throws UnauthenticatedError at its first query.
 */
export function forPrincipal(orm: MikroORM, principal: Principal): EntityManager {
  const em = orm.em.fork({ clear: true });
  em.setFilterParams(VISIBLE, { principal });
  return em;
}

/** The principal of an EntityManager that {@link forPrincipal} made, or of a transaction begun in it. */
export function principalOf(em: EntityManager): Principal {
  return principalIn(em.getFilterParams(VISIBLE));
}

/** The principal in the parameters of the filter. Throws UnauthenticatedError when there is none. */
export function principalIn(params: unknown): Principal {
  const principal =
    typeof params === 'object' && params !== null && 'principal' in params ? params.principal : null;
  if (!isPrincipal(principal)) throw new UnauthenticatedError();
  return principal;
}

function isPrincipal(value: unknown): value is Principal {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return (
    value.kind === 'system' || (value.kind === 'user' && 'userId' in value && Number.isInteger(value.userId))
  );
}
