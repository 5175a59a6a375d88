import { coreEntities } from '@tenon/model/core-entities';

import { InstanceResolver } from './core/instance-resolver.js';
import { RunResolver } from './core/run-resolver.js';
import { ServiceResolver } from './core/service-resolver.js';
import { SliceResolver } from './core/slice-resolver.js';
import { TenantResolver } from './core/tenant-resolver.js';
import { crudResolver } from './crud-resolver.js';
import type { CrudOptions } from './crud-resolver.js';

/** Where the mutations are not the usual ones. */
const MUTATIONS: Readonly<Record<string, CrudOptions['mutations']>> = {
  Network: 'none',
  Port: 'none',
  Run: 'none',
  Service: 'change',
  Tenant: 'change',
};

/** The resolvers of everything that is no service package's. */
export function coreResolvers(): (new () => object)[] {
  return [
    ...coreEntities.flatMap((description) =>
      crudResolver(description, { mutations: MUTATIONS[description.name] ?? 'all' }),
    ),
    InstanceResolver,
    RunResolver,
    ServiceResolver,
    SliceResolver,
    TenantResolver,
  ];
}
