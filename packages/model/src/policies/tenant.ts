import type { Tenant } from '../entities/tenant.js';
import type { Policy } from '../policy.js';
import { definePolicy } from './define-policy.js';
import { servicesUsed, tenantsAdministered, tenantsSeen } from './scopes.js';

/**
 * The tenant of every package: any privilege on a slice of the service lets somebody add one; its creator, the
 * service's admins and who administers the slice of its machine change it.
 */
export const tenantPolicy: Policy<Tenant> = definePolicy<Tenant>({
  see: tenantsSeen,
  update: tenantsAdministered,
  create: { in: servicesUsed, place: (tenant) => tenant.provider },
});
