import type { SitePrivilege } from '../entities/site-privilege.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { sitesWhere } from './scopes.js';

/** Users see their own; a site's admins and PIs see all of the site, its admins grant them. */
export const sitePrivilegePolicy = definePolicy<SitePrivilege>({
  see: (user) => ids`select p.id from site_privilege p where p.user_id = ${user.userId}
    or p.site_id in (${sitesWhere(user, 'admin', 'pi')})`,
  update: (user) => ids`select p.id from site_privilege p where p.site_id in (${sitesWhere(user, 'admin')})`,
  create: { in: (user) => sitesWhere(user, 'admin'), place: (privilege) => privilege.site },
  movable: true,
});
