import type { SyncStep } from '@tenon/service-kit/sync-step';

import type { NoticeTenant } from './model.js';

/** The instance of a Notice Tenant serves its notice as a web page. */
export const sync: SyncStep<NoticeTenant> = {
  playbook: 'notice_playbook.yaml',
  variables: (tenant) => ({ headline: tenant.headline, tone: tenant.tone }),
};
