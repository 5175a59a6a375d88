import type { EntityManager } from '@mikro-orm/postgresql';

import type { User } from '../entities/user.js';
import { InputError } from '../errors.js';
import type { Principal } from '../principal.js';
import { contains } from '../policies/define-policy.js';
import { slicesAdministered } from '../policies/scopes.js';
import { queryOne } from './query.js';

/**
 * Checks who is named as the creator of something in a slice: the keys of the creator open the machine, so he must be
 * the slice's creator, hold a privilege on it, or be an installation admin. Whoever names somebody else must administer
 * the slice. Throws InputError on `creatorId`.
 */
export async function checkCreator(
  em: EntityManager,
  { creator, slice, who }: { creator: User; slice: { id: number; name: string }; who: Principal },
): Promise<void> {
  const qualified = await queryOne(
    em,
    `select 1 from user_account u where u.id = ? and (u.is_admin
       or exists (select 1 from slice s where s.id = ? and s.creator_id = u.id)
       or exists (select 1 from slice_privilege p where p.slice_id = ? and p.user_id = u.id))`,
    [creator.id, slice.id, slice.id],
  );
  if (qualified === null) {
    throw new InputError({
      creatorId: [`The creator has no privileges on slice ${slice.name}: grant a slice privilege first.`],
    });
  }
  if (who.kind === 'system' || who.isAdmin || who.userId === creator.id) return;
  if (await contains(em, slicesAdministered(who), slice.id)) return;
  throw new InputError({ creatorId: [`Only an admin of slice ${slice.name} may name somebody else.`] });
}
