import { fileURLToPath } from 'node:url';

import { defineService } from '@tenon/service-kit/define-service';

import { noticeServiceDescription, noticeTenantDescription } from './describe.js';
import {
  KIND,
  tenantVerboseName,
  tenantVerboseNamePlural,
  verboseName,
  verboseNamePlural,
} from './fields.js';
import { resolvers } from './resolver.js';
import { sync } from './sync.js';

export default defineService({
  name: 'notice',
  kind: KIND,
  verboseName,
  verboseNamePlural,
  tenantVerboseName,
  tenantVerboseNamePlural,
  service: noticeServiceDescription,
  tenant: noticeTenantDescription,
  resolvers,
  // Under src from dist too: the compiler copies no SQL.
  migrationsPath: fileURLToPath(new URL('../../src/notice/migrations', import.meta.url)),
  sync,
});
