import { raw } from '@mikro-orm/core';
import type { FilterDef } from '@mikro-orm/core';

import type { Rows } from './policy.js';
import { principalIn } from './principal.js';
import type { UserPrincipal } from './principal.js';

/** The half of a policy that the filter needs. */
export interface Visibility {
  see(user: UserPrincipal): Rows;
}

/**
 * The one filter that every query of every entity passes: the policy's `see` as a condition. It fails closed twice: no
 * principal throws UnauthenticatedError, and an entity without a policy shows a user nothing.
 */
export function visibleFilter(policies: ReadonlyMap<string, Visibility>): FilterDef {
  return {
    name: 'visible',
    default: true,
    // Without it MikroORM itself would throw an untyped error when nobody is signed in.
    args: false,
    cond: (...[params, , , , entityName]) => {
      const principal = principalIn(params);
      if (principal.kind === 'system') return {};
      return condition(policies.get(entityName ?? '')?.see(principal) ?? 'none');
    },
  };
}

function condition(rows: Rows): Record<string, unknown> {
  if (rows === 'all') return {};
  return { id: { $in: rows === 'none' ? [] : raw(`(${rows.sql})`, [...rows.params]) } };
}
