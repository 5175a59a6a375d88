import { networkFields, networkTemplateFields, portFields } from '@tenon/fields/entities/network';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { related } from '../related.js';

const ports = related({
  resource: 'core/port',
  by: 'networkId',
  columns: ['address', 'instance'],
  main: 'address',
  empty: 'No instance has an address in this network yet.',
});

/** Network templates: how the networks of slices are made. */
export const networkTemplate: ModelScreens = {
  name: 'core/networktemplate',
  type: 'NetworkTemplate',
  one: 'networkTemplate',
  many: 'networkTemplates',
  label: 'Network Template',
  labelPlural: 'Network Templates',
  group: core,
  fields: networkTemplateFields,
  synced: false,
  description: 'A network template says how the networks of slices are made.',
  columns: ['name', 'role', 'description'],
  tabs: [{ path: '', label: 'Network Template Details', inputs: Object.keys(networkTemplateFields) }],
};

/** Networks: every slice has one to be reached by, and one of its own. */
export const network: ModelScreens = {
  name: 'core/network',
  type: 'Network',
  one: 'network',
  many: 'networks',
  label: 'Network',
  labelPlural: 'Networks',
  group: core,
  fields: networkFields,
  synced: false,
  readOnly: true,
  description:
    'A slice gets its networks by itself: one by which its machines are reached, one between them.',
  columns: ['name', 'slice', 'template', 'role', 'subnet'],
  filters: ['slice', 'role'],
  tabs: [
    { path: '', label: 'Network Details', inputs: Object.keys(networkFields) },
    { path: 'ports', label: 'Ports', Content: ports },
  ],
};

/** Ports: the address of an instance in a network. */
export const port: ModelScreens = {
  name: 'core/port',
  type: 'Port',
  one: 'port',
  many: 'ports',
  label: 'Port',
  labelPlural: 'Ports',
  group: core,
  fields: portFields,
  synced: false,
  readOnly: true,
  description: 'A port is the address of an instance in a network.',
  columns: ['id', 'address', 'network', 'instance'],
  filters: ['network'],
  tabs: [{ path: '', label: 'Port Details', inputs: Object.keys(portFields) }],
};
