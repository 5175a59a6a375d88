import { fileURLToPath } from 'node:url';

import { defineService } from '@tenon/service-kit/define-service';

import { exampleServiceDescription, exampleTenantDescription } from './describe.js';
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
  name: 'example',
  kind: KIND,
  verboseName,
  verboseNamePlural,
  tenantVerboseName,
  tenantVerboseNamePlural,
  service: exampleServiceDescription,
  tenant: exampleTenantDescription,
  resolvers,
  // Under src from dist too: the compiler copies no SQL.
  migrationsPath: fileURLToPath(new URL('../../src/example/migrations', import.meta.url)),
  sync,
});
