import type { Run } from '../entities/run.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { servicesAdministered, tenantsSeen } from './scopes.js';

/** Who sees a tenant sees its runs; a service's admins also those of tenants that are gone. The worker alone writes. */
export const runPolicy = definePolicy<Run>({
  see: (user) => ids`select r.id from run r where r.tenant_id in (${tenantsSeen(user)})
    or r.service_id in (${servicesAdministered(user)})`,
  derived: true,
});
