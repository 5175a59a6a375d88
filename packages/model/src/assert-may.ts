import type { EntityManager } from '@mikro-orm/postgresql';

import type { Row } from './entities/row.js';
import type { EntityDescription } from './entity-description.js';
import { ForbiddenError } from './errors.js';
import type { Action } from './policy.js';
import { isAny } from './policies/define-policy.js';
import { principalOf } from './principal.js';
import type { UserPrincipal } from './principal.js';

interface Attempt<T extends Row> {
  description: EntityDescription<T>;
  row: T;
  action: Action;
}

/** Throws ForbiddenError unless the principal may do this to the row. */
export async function assertMay<T extends Row>(em: EntityManager, attempt: Attempt<T>): Promise<void> {
  const who = principalOf(em);
  if (who.kind === 'system') return;
  const { description, row, action } = attempt;
  if (!(await description.policy.may(who, action, row, em))) throw refusal(attempt, who);
}

/** Throws ForbiddenError when the principal may make no row of this kind at all, before anything is looked at. */
export async function assertMayCreate<T extends Row>(em: EntityManager, attempt: Attempt<T>): Promise<void> {
  const who = principalOf(em);
  if (who.kind === 'system') return;
  if (!(await isAny(em, attempt.description.policy.create(who)))) throw refusal(attempt, who);
}

function refusal<T extends Row>(
  { description, row, action }: Attempt<T>,
  user: UserPrincipal,
): ForbiddenError {
  const which = action === 'create' ? `a ${description.label}` : `${description.label} ${row.label}`;
  const why = user.isReadonly
    ? 'you are a read-only user; ask an admin to lift that'
    : 'you have no privilege for it; ask somebody who has';
  return new ForbiddenError(`cannot ${action} ${which}: ${why}`);
}
