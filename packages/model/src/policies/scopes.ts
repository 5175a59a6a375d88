import { ids } from '../id-set.js';
import type { IdSet } from '../id-set.js';
import type { UserPrincipal } from '../principal.js';

/*
 * Who has to do with what, as sets of ids. Every policy is made of these, so that what a user sees, what he may change
 * and what lists offer him cannot drift apart.
 */

/** The sites where the user has one of the roles. */
export const sitesWhere = (user: UserPrincipal, ...roles: readonly ('admin' | 'pi' | 'tech')[]): IdSet =>
  ids`select p.site_id from site_privilege p where p.user_id = ${user.userId} and p.role in (${roles})`;

/** The services that the user administers. */
export const servicesAdministered = (user: UserPrincipal): IdSet =>
  ids`select p.service_id from service_privilege p where p.user_id = ${user.userId} and p.role = 'admin'`;

/** The slices that the user may change: his own, those he is admin of, those of his sites and of his services. */
export const slicesAdministered = (user: UserPrincipal): IdSet =>
  ids`select s.id from slice s where s.creator_id = ${user.userId}
    or s.id in (select p.slice_id from slice_privilege p where p.user_id = ${user.userId} and p.role = 'admin')
    or s.site_id in (${sitesWhere(user, 'admin', 'pi')})
    or s.service_id in (${servicesAdministered(user)})`;

/** The slices that the user sees: any privilege is enough. */
export const slicesSeen = (user: UserPrincipal): IdSet =>
  ids`${slicesAdministered(user)}
    or s.id in (select p.slice_id from slice_privilege p where p.user_id = ${user.userId})`;

/** The services that the user may use: his own, and those for which one of the slices he sees works. */
export const servicesUsed = (user: UserPrincipal): IdSet =>
  ids`${servicesAdministered(user)}
    union select s.service_id from slice s where s.service_id is not null and s.id in (${slicesSeen(user)})`;

/** The tenants that the user may change: those he created, of his services, and in the slices he administers. */
export const tenantsAdministered = (user: UserPrincipal): IdSet =>
  ids`select t.id from tenant t where t.creator_id = ${user.userId}
    or t.provider_id in (${servicesAdministered(user)})
    or t.id in (${tenantsIn(slicesAdministered(user))})`;

/** The tenants that the user sees: also those whose machine is in a slice he sees. */
export const tenantsSeen = (user: UserPrincipal): IdSet =>
  ids`${tenantsAdministered(user)} or t.id in (${tenantsIn(slicesSeen(user))})`;

/** The instances that the user sees: in the slices he sees, and of the tenants he sees. */
export const instancesSeen = (user: UserPrincipal): IdSet =>
  ids`select i.id from instance i where i.slice_id in (${slicesSeen(user)})
    union select ti.instance_id from tenant_with_instance ti where ti.instance_id is not null and ti.id in (${tenantsSeen(user)})`;

const tenantsIn = (slices: IdSet): IdSet =>
  ids`select ti.id from tenant_with_instance ti join instance i on i.id = ti.instance_id where i.slice_id in (${slices})`;
