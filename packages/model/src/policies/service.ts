import type { Service } from '../entities/service.js';
import type { Policy } from '../policy.js';
import { definePolicy } from './define-policy.js';
import { servicesAdministered, tenantsSeen, servicesUsed } from './scopes.js';
import { ids } from '../id-set.js';

/** The service of every package: its admins change it, and who may use it or has a tenant of it sees it. */
export const servicePolicy: Policy<Service> = definePolicy<Service>({
  see: (user) =>
    ids`${servicesUsed(user)} union select t.provider_id from tenant t where t.id in (${tenantsSeen(user)})`,
  update: servicesAdministered,
});
