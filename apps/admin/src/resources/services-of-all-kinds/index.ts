import { serviceFields } from '@tenon/fields/entities/service';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { serviceModelOf, services } from '../services.js';
import { addButtonFor } from './AddOfKindButton.js';
import { pageOfKind } from '../page-of-kind.js';

/** Services of every kind in one list; a service is changed on the page of its kind. */
export const service: ModelScreens = {
  name: 'core/service',
  type: 'Service',
  one: 'service',
  many: 'services',
  label: 'Service',
  labelPlural: 'Services',
  group: core,
  fields: serviceFields,
  synced: true,
  cannotAdd: true,
  dependsOn: services.flatMap(({ models }) => models.slice(0, 1).map(({ type }) => type)),
  description: 'A service is a kind of thing that you offer. Give it a slice, then add tenants.',
  columns: ['status', 'name', 'kind', 'versionNumber', 'enabled'],
  filters: ['enabled'],
  AddButton: addButtonFor(services.flatMap(({ models }) => models.slice(0, 1))),
  Page: pageOfKind('core/service', serviceModelOf),
  tabs: [],
};
