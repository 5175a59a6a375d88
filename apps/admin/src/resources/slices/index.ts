import { sliceFields } from '@tenon/fields/entities/slice';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { statusInput } from '@tenon/service-kit/admin/status-input';

import { core } from '../core.js';
import { instanceColumns } from '../instances/columns.js';
import { privileged } from '../privileged.js';
import { related } from '../related.js';
import { SliceSiteInput } from './SliceSiteInput.js';
import { useSliceDefaults } from './use-slice-defaults.js';

const networks = related({
  resource: 'core/network',
  by: 'sliceId',
  columns: ['name', 'template', 'role', 'subnet'],
  main: 'name',
  empty: 'Its networks are made when the slice is carried out for the first time.',
});

const instances = related({
  resource: 'core/instance',
  by: 'sliceId',
  columns: instanceColumns,
  main: 'name',
  empty: 'This slice has no instances yet. A tenant of its service brings one.',
});

/** The site stands first: it decides what the name begins with. */
const others = Object.keys(sliceFields).filter((name) => name !== 'site' && name !== 'name');

/** Slices: sets of machines and networks. */
export const slice: ModelScreens = {
  name: 'core/slice',
  type: 'Slice',
  one: 'slice',
  many: 'slices',
  label: 'Slice',
  labelPlural: 'Slices',
  group: core,
  fields: sliceFields,
  synced: true,
  description:
    'A slice is a set of machines and networks. It belongs to a site, and to a service if it works for one.',
  columns: ['status', 'name', 'site', 'service', 'maxInstances', 'enabled'],
  filters: ['site', 'enabled'],
  useDefaults: useSliceDefaults,
  tabs: [
    {
      path: '',
      label: 'Slice Details',
      inputs: [statusInput, { name: 'site', Input: SliceSiteInput }, 'name', ...others],
    },
    { path: 'networks', label: 'Networks', Content: networks, only: 'edit' },
    {
      path: 'privileges',
      label: 'Privileges',
      Content: privileged('core/sliceprivilege', 'slice'),
      only: 'edit',
    },
    { path: 'instances', label: 'Instances', Content: instances, only: 'edit' },
  ],
};
