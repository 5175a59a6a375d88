import type { SyncStep } from '@tenon/service-kit/sync-step';

import type { ExampleTenant } from './model.js';

/** The instance of an Example Tenant serves its message as a web page. */
export const sync: SyncStep<ExampleTenant> = {
  playbook: 'exampletenant_playbook.yaml',
  variables: (tenant) => ({ tenant_message: tenant.tenantMessage }),
};
