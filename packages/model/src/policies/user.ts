import type { User } from '../entities/user.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { servicesAdministered, sitesWhere, slicesAdministered } from './scopes.js';

/** What only an installation admin decides: with any of these somebody could make himself more than he is. */
const DECIDED_BY_ADMINS = ['email', 'site', 'isActive', 'isAdmin', 'isReadonly'] as const;

/**
 * Users see themselves; a site's admins and PIs the users of their site; who administers a slice or service sees those
 * who hold privileges on it. A site's admins and PIs may correct a user's names, but never his key: it opens machines
 * of other sites too. Installation admins are changed by themselves and each other only.
 */
export const userPolicy = definePolicy<User>({
  see: (user) => ids`select ${user.userId}::int
    union select u.id from user_account u where u.site_id in (${sitesWhere(user, 'admin', 'pi')})
    union select p.user_id from slice_privilege p where p.slice_id in (${slicesAdministered(user)})
    union select p.user_id from service_privilege p where p.service_id in (${servicesAdministered(user)})`,
  update: (user) => ids`select ${user.userId}::int
    union select u.id from user_account u where not u.is_admin and u.site_id in (${sitesWhere(user, 'admin', 'pi')})`,
  delete: () => 'none',
  readOnly: (user, row) =>
    row === null || row.id === user.userId ? DECIDED_BY_ADMINS : [...DECIDED_BY_ADMINS, 'publicKey'],
});
