import { createRegistry } from '@tenon/service-kit/admin/resource';

import { core } from './core.js';
import { deployment } from './deployments/index.js';
import { flavor } from './flavors/index.js';
import { image } from './images/index.js';
import { instance } from './instances/index.js';
import { network, networkTemplate, port } from './networks/index.js';
import { node } from './nodes/index.js';
import { servicePrivilege, sitePrivilege, slicePrivilege } from './privileges/index.js';
import { run } from './runs/index.js';
import { service } from './services-of-all-kinds/index.js';
import { services } from './services.js';
import { site } from './sites/index.js';
import { slice } from './slices/index.js';
import { tenant } from './tenants/index.js';
import { user } from './users/index.js';

/** Every resource of the UI: those of the core, then those of the services. */
export const registry = createRegistry([
  site,
  slice,
  user,
  deployment,
  node,
  image,
  flavor,
  networkTemplate,
  network,
  port,
  service,
  tenant,
  instance,
  run,
  sitePrivilege,
  slicePrivilege,
  servicePrivilege,
  ...services.flatMap(({ models }) => models),
]);

/** The groups that have an administration page. */
export const groups = [core, ...services.map(({ group }) => group)];
