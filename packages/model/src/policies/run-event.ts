import type { RunEvent } from '../entities/run-event.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { servicesAdministered, tenantsSeen } from './scopes.js';

/** The events of the runs that a user sees. The worker alone writes. */
export const runEventPolicy = definePolicy<RunEvent>({
  see: (user) => ids`select e.id from run_event e join run r on r.id = e.run_id
    where r.tenant_id in (${tenantsSeen(user)}) or r.service_id in (${servicesAdministered(user)})`,
  derived: true,
});
