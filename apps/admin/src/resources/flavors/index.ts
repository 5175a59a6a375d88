import { flavorFields } from '@tenon/fields/entities/deployment';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';

/** Flavors. A flavor is the size of a machine. */
export const flavor: ModelScreens = {
  name: 'core/flavor',
  type: 'Flavor',
  one: 'flavor',
  many: 'flavors',
  label: 'Flavor',
  labelPlural: 'Flavors',
  group: core,
  fields: flavorFields,
  synced: false,
  description: 'A flavor is the size of a machine.',
  columns: ['name', 'memoryMib', 'cpus', 'isDefault', 'order'],
  tabs: [{ path: '', label: 'Flavor Details', inputs: Object.keys(flavorFields) }],
};
