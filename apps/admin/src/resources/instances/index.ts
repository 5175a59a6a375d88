import { instanceFields } from '@tenon/fields/entities/instance';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { statusInput } from '@tenon/service-kit/admin/status-input';

import { core } from '../core.js';
import { related } from '../related.js';
import { instanceColumns } from './columns.js';
import { InstanceSummary } from './InstanceSummary.js';

const ports = related({
  resource: 'core/port',
  by: 'instanceId',
  columns: ['address', 'network'],
  main: 'address',
  empty: 'This instance has no addresses yet.',
});

/** What can be chosen; the rest is known when the machine is there. */
const choices = Object.entries(instanceFields)
  .filter(([, field]) => !('readOnly' in field))
  .map(([name]) => name);

/** Instances: machines. */
export const instance: ModelScreens = {
  name: 'core/instance',
  type: 'Instance',
  one: 'instance',
  many: 'instances',
  label: 'Instance',
  labelPlural: 'Instances',
  group: core,
  fields: instanceFields,
  synced: true,
  select: { list: 'addresses', one: 'addresses sshCommand url' },
  dependsOn: ['Port'],
  description:
    'An instance is a machine with its own root, address and SSH. Tenants bring their instances with them.',
  columns: instanceColumns,
  filters: ['slice', 'node'],
  Summary: InstanceSummary,
  tabs: [
    { path: '', label: 'Instance Details', inputs: [statusInput, ...choices], only: 'create' },
    {
      path: '',
      label: 'Instance Details',
      inputs: [statusInput, ...Object.keys(instanceFields)],
      only: 'edit',
    },
    { path: 'ports', label: 'Ports', Content: ports, only: 'edit' },
  ],
};
