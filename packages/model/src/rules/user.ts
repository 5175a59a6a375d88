import type { EntityManager } from '@mikro-orm/postgresql';

import type { User } from '../entities/user.js';
import type { Rules } from '../entity-description.js';
import { ConflictError } from '../errors.js';
import { query } from './query.js';

/** An installation always has an admin who can sign in, and who is deactivated is signed out. */
export const userRules: Rules<User> = {
  async updating(em, user, _who, before) {
    if (!user.isAdmin || !user.isActive || user.isReadonly) await refuseLastAdmin(em, user);
    if ('isActive' in before && !user.isActive)
      await query(em, 'delete from session where user_id = ?', [user.id]);
  },
  deleting: refuseLastAdmin,
};

async function refuseLastAdmin(em: EntityManager, user: User): Promise<void> {
  // One at a time, until the commit: two admins must not remove each other. No row locks: each holds his victim's.
  await query(em, `select pg_advisory_xact_lock(hashtext('tenon last admin'))`);
  const admins = await query<{ id: number }>(
    em,
    'select id from user_account where is_admin and is_active and not is_readonly',
  );
  if (!admins.some(({ id }) => id === user.id) || admins.length > 1) return;
  throw new ConflictError(
    `cannot take User ${user.email} from the admins: nobody else could administer; make another admin first`,
  );
}
