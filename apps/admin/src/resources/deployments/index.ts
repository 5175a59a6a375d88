import { deploymentFields } from '@tenon/fields/entities/deployment';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { instanceColumns } from '../instances/columns.js';
import { related } from '../related.js';

const nodes = related({
  resource: 'core/node',
  by: 'deploymentId',
  columns: ['name', 'site'],
  main: 'name',
  empty: 'This deployment has no nodes.',
});

const instances = related({
  resource: 'core/instance',
  by: 'deploymentId',
  columns: instanceColumns,
  main: 'name',
  empty: 'No instance runs in this deployment.',
});

/** Deployments: places where instances can run. */
export const deployment: ModelScreens = {
  name: 'core/deployment',
  type: 'Deployment',
  one: 'deployment',
  many: 'deployments',
  label: 'Deployment',
  labelPlural: 'Deployments',
  group: core,
  fields: deploymentFields,
  synced: false,
  description:
    'A deployment is a place where instances can run: a driver that makes machines, and how it is set up.',
  columns: ['name', 'driver', 'defaultImage', 'isDefault'],
  tabs: [
    { path: '', label: 'Deployment Details', inputs: Object.keys(deploymentFields) },
    { path: 'nodes', label: 'Nodes', Content: nodes, only: 'edit' },
    { path: 'instances', label: 'Instances', Content: instances, only: 'edit' },
  ],
};
