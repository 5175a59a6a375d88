import type { EntityDescription } from '@tenon/model/entity-description';
import { servicePolicy } from '@tenon/model/policies/service';
import { tenantPolicy } from '@tenon/model/policies/tenant';
import { serviceRules } from '@tenon/model/rules/service';
import { tenantRules } from '@tenon/model/rules/tenant';

import {
  exampleServiceFields,
  exampleTenantFields,
  tenantVerboseName,
  tenantVerboseNamePlural,
  verboseName,
  verboseNamePlural,
} from './fields.js';
import { ExampleService, ExampleTenant } from './model.js';

/** The service: policies and rules of every service. */
export const exampleServiceDescription: EntityDescription = {
  name: 'ExampleService',
  plural: 'exampleServices',
  label: verboseName,
  labelPlural: verboseNamePlural,
  entity: ExampleService,
  fields: exampleServiceFields,
  policy: servicePolicy,
  rules: serviceRules,
};

/** Its tenants: policies and rules of every tenant; the rules give each an instance. */
export const exampleTenantDescription: EntityDescription = {
  name: 'ExampleTenant',
  plural: 'exampleTenants',
  label: tenantVerboseName,
  labelPlural: tenantVerboseNamePlural,
  entity: ExampleTenant,
  fields: exampleTenantFields,
  policy: tenantPolicy,
  rules: tenantRules,
};
