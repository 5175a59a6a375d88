import { nodeFields } from '@tenon/fields/entities/deployment';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';

/** Nodes. A node is a host that carries instances. */
export const node: ModelScreens = {
  name: 'core/node',
  type: 'Node',
  one: 'node',
  many: 'nodes',
  label: 'Node',
  labelPlural: 'Nodes',
  group: core,
  fields: nodeFields,
  synced: false,
  description: 'A node is a host that carries instances.',
  columns: ['name', 'site', 'deployment'],
  filters: ['site', 'deployment'],
  tabs: [{ path: '', label: 'Node Details', inputs: Object.keys(nodeFields) }],
};
