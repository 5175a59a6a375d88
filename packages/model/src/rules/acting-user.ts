import type { EntityManager } from '@mikro-orm/postgresql';

import { User } from '../entities/user.js';
import { InputError } from '../errors.js';
import type { Principal } from '../principal.js';

/** The user on whose behalf a rule runs, as a reference. The system has to name one: throws InputError for that field. */
export function actingUser(em: EntityManager, who: Principal, input: string): User {
  if (who.kind === 'system') throw new InputError({ [input]: ['This field is required.'] });
  return em.getReference(User, who.userId);
}
