import { defineScreens } from '@tenon/service-kit/admin/define-screens';
import { serviceModel, tenantModel } from '@tenon/service-kit/admin/service-models';

import {
  exampleServiceFields,
  exampleTenantFields,
  KIND,
  tenantVerboseName,
  tenantVerboseNamePlural,
  verboseName,
  verboseNamePlural,
} from './fields.js';

const service = `${KIND}/exampleservice`;
const tenant = `${KIND}/exampletenant`;

/** The screens of the Example Service: its services, and its tenants with the message they display. */
export default defineScreens({
  kind: KIND,
  models: [
    serviceModel({
      name: service,
      tenant,
      type: 'ExampleService',
      label: verboseName,
      labelPlural: verboseNamePlural,
      fields: exampleServiceFields,
      description:
        'An Example Service gives each of its tenants a machine whose web server displays a message.',
      columns: ['status', 'name', 'enabled'],
    }),
    tenantModel({
      name: tenant,
      service,
      kind: KIND,
      type: 'ExampleTenant',
      label: tenantVerboseName,
      labelPlural: tenantVerboseNamePlural,
      fields: exampleTenantFields,
      description:
        'An Example Tenant is a machine of its own whose web server displays the message of the tenant.',
      columns: ['id', 'status', 'instance', 'tenantMessage'],
    }),
  ],
});
