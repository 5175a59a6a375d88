import { deploymentFields, flavorFields, imageFields, nodeFields } from '@tenon/fields/entities/deployment';
import { instanceFields } from '@tenon/fields/entities/instance';
import { networkFields, networkTemplateFields, portFields } from '@tenon/fields/entities/network';
import {
  servicePrivilegeFields,
  sitePrivilegeFields,
  slicePrivilegeFields,
} from '@tenon/fields/entities/privilege';
import { runFields } from '@tenon/fields/entities/run';
import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { siteFields } from '@tenon/fields/entities/site';
import { sliceFields } from '@tenon/fields/entities/slice';
import { tenantFields } from '@tenon/fields/entities/tenant';
import { userFields } from '@tenon/fields/entities/user';

import { Deployment } from './entities/deployment.js';
import { Flavor } from './entities/flavor.js';
import { Image } from './entities/image.js';
import { Instance } from './entities/instance.js';
import { NetworkTemplate } from './entities/network-template.js';
import { Network } from './entities/network.js';
import { Node } from './entities/node.js';
import { Port } from './entities/port.js';
import { Run } from './entities/run.js';
import { ServicePrivilege } from './entities/service-privilege.js';
import { Service } from './entities/service.js';
import { SitePrivilege } from './entities/site-privilege.js';
import { Site } from './entities/site.js';
import { SlicePrivilege } from './entities/slice-privilege.js';
import { Slice } from './entities/slice.js';
import { Tenant } from './entities/tenant.js';
import { User } from './entities/user.js';
import type { EntityDescription } from './entity-description.js';
import { instancePolicy } from './policies/instance.js';
import { networkPolicy } from './policies/network.js';
import { nodePolicy } from './policies/node.js';
import { openPolicy } from './policies/open.js';
import { portPolicy } from './policies/port.js';
import { runPolicy } from './policies/run.js';
import { servicePrivilegePolicy } from './policies/service-privilege.js';
import { servicePolicy } from './policies/service.js';
import { sitePrivilegePolicy } from './policies/site-privilege.js';
import { sitePolicy } from './policies/site.js';
import { slicePrivilegePolicy } from './policies/slice-privilege.js';
import { slicePolicy } from './policies/slice.js';
import { tenantPolicy } from './policies/tenant.js';
import { userPolicy } from './policies/user.js';
import { deploymentRules } from './rules/deployment.js';
import { flavorRules } from './rules/flavor.js';
import { instanceRules } from './rules/instance.js';
import { serviceRules } from './rules/service.js';
import { sliceRules } from './rules/slice.js';
import { tenantRules } from './rules/tenant.js';
import { userRules } from './rules/user.js';

/** The words for an entity: GraphQL's names, and those for people. */
function words(
  name: string,
  label: string,
): Pick<EntityDescription, 'name' | 'plural' | 'label' | 'labelPlural'> {
  const plural = `${name.charAt(0).toLowerCase()}${name.slice(1)}s`;
  return { name, plural, label, labelPlural: `${label}s` };
}

export const siteDescription: EntityDescription<Site> = {
  ...words('Site', 'Site'),
  entity: Site,
  fields: siteFields,
  policy: sitePolicy,
};

export const userDescription: EntityDescription<User> = {
  ...words('User', 'User'),
  entity: User,
  fields: userFields,
  policy: userPolicy,
  rules: userRules,
};

export const sliceDescription: EntityDescription<Slice> = {
  ...words('Slice', 'Slice'),
  entity: Slice,
  fields: sliceFields,
  policy: slicePolicy,
  rules: sliceRules,
};

export const instanceDescription: EntityDescription<Instance> = {
  ...words('Instance', 'Instance'),
  entity: Instance,
  fields: instanceFields,
  policy: instancePolicy,
  rules: instanceRules,
};

export const sitePrivilegeDescription: EntityDescription<SitePrivilege> = {
  ...words('SitePrivilege', 'Site privilege'),
  entity: SitePrivilege,
  fields: sitePrivilegeFields,
  policy: sitePrivilegePolicy,
};

export const slicePrivilegeDescription: EntityDescription<SlicePrivilege> = {
  ...words('SlicePrivilege', 'Slice privilege'),
  entity: SlicePrivilege,
  fields: slicePrivilegeFields,
  policy: slicePrivilegePolicy,
};

export const servicePrivilegeDescription: EntityDescription<ServicePrivilege> = {
  ...words('ServicePrivilege', 'Service privilege'),
  entity: ServicePrivilege,
  fields: servicePrivilegeFields,
  policy: servicePrivilegePolicy,
};

const nodeDescription: EntityDescription<Node> = {
  ...words('Node', 'Node'),
  entity: Node,
  fields: nodeFields,
  policy: nodePolicy,
};

const openEntities: readonly EntityDescription[] = [
  {
    ...words('Deployment', 'Deployment'),
    entity: Deployment,
    fields: deploymentFields,
    policy: openPolicy,
    rules: deploymentRules,
  },
  { ...words('Image', 'Image'), entity: Image, fields: imageFields, policy: openPolicy },
  {
    ...words('Flavor', 'Flavor'),
    entity: Flavor,
    fields: flavorFields,
    policy: openPolicy,
    rules: flavorRules,
  },
  {
    ...words('NetworkTemplate', 'Network template'),
    entity: NetworkTemplate,
    fields: networkTemplateFields,
    policy: openPolicy,
  },
];

const derivedEntities: readonly EntityDescription[] = [
  { ...words('Network', 'Network'), entity: Network, fields: networkFields, policy: networkPolicy },
  { ...words('Port', 'Port'), entity: Port, fields: portFields, policy: portPolicy },
  { ...words('Run', 'Run'), entity: Run, fields: runFields, policy: runPolicy },
];

/** Rows of these are made through the service packages, which describe classes of their own. */
const packageRoots: readonly EntityDescription[] = [
  {
    ...words('Service', 'Service'),
    entity: Service,
    fields: { ...serviceFields, ...synchronizerFields },
    policy: servicePolicy,
    rules: serviceRules,
  },
  {
    ...words('Tenant', 'Tenant'),
    entity: Tenant,
    fields: tenantFields,
    policy: tenantPolicy,
    rules: tenantRules,
  },
];

/** The entities of the core. Services bring their own. */
export const coreEntities: readonly EntityDescription[] = [
  siteDescription,
  userDescription,
  sliceDescription,
  instanceDescription,
  sitePrivilegeDescription,
  slicePrivilegeDescription,
  servicePrivilegeDescription,
  nodeDescription,
  ...openEntities,
  ...derivedEntities,
  ...packageRoots,
];
