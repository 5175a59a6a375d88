import { tenantFields } from '@tenon/fields/entities/tenant';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { pageOfKind } from '../page-of-kind.js';
import { services, tenantModelOf } from '../services.js';
import { addButtonFor } from '../services-of-all-kinds/AddOfKindButton.js';

/** Tenants of every kind in one list; a tenant is changed on the page of its kind. */
export const tenant: ModelScreens = {
  name: 'core/tenant',
  type: 'Tenant',
  one: 'tenant',
  many: 'tenants',
  label: 'Tenant',
  labelPlural: 'Tenants',
  group: core,
  fields: tenantFields,
  synced: true,
  cannotAdd: true,
  dependsOn: services.flatMap(({ models }) => models.slice(1, 2).map(({ type }) => type)),
  description: "A tenant is one customer's use of a service.",
  columns: [
    'status',
    { key: 'label', label: 'Tenant', render: (record) => record.label },
    'kind',
    'provider',
    'creator',
  ],
  AddButton: addButtonFor(services.flatMap(({ models }) => models.slice(1, 2))),
  Page: pageOfKind('core/tenant', tenantModelOf),
  tabs: [],
};
