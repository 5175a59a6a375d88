import type { ServicePrivilege } from '../entities/service-privilege.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { servicesAdministered } from './scopes.js';

/** Users see their own; a service's admins see and grant those on it. */
export const servicePrivilegePolicy = definePolicy<ServicePrivilege>({
  see: (user) => ids`select p.id from service_privilege p where p.user_id = ${user.userId}
    or p.service_id in (${servicesAdministered(user)})`,
  update: (user) =>
    ids`select p.id from service_privilege p where p.service_id in (${servicesAdministered(user)})`,
  create: { in: servicesAdministered, place: (privilege) => privilege.service },
  movable: true,
});
