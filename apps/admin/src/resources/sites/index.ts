import { siteFields } from '@tenon/fields/entities/site';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { privileged } from '../privileged.js';
import { related } from '../related.js';

const users = related({
  resource: 'core/user',
  by: 'siteId',
  columns: ['email', 'firstname', 'lastname', 'isActive'],
  main: 'email',
  empty: 'No user is homed at this site.',
});

const slices = related({
  resource: 'core/slice',
  by: 'siteId',
  columns: ['status', 'name', 'service', 'enabled'],
  main: 'name',
  empty: 'This site has no slices yet.',
});

const nodes = related({
  resource: 'core/node',
  by: 'siteId',
  columns: ['name', 'deployment'],
  main: 'name',
  empty: 'This site has no nodes.',
});

/** Sites: organisations that own users and slices. */
export const site: ModelScreens = {
  name: 'core/site',
  type: 'Site',
  one: 'site',
  many: 'sites',
  label: 'Site',
  labelPlural: 'Sites',
  group: core,
  fields: siteFields,
  synced: false,
  description:
    'A site is an organisation. It owns users and slices, and the names of its slices begin with its login base.',
  columns: ['name', 'loginBase', 'abbreviatedName', 'siteUrl', 'enabled'],
  filters: ['enabled'],
  tabs: [
    { path: '', label: 'Site Details', inputs: Object.keys(siteFields) },
    { path: 'users', label: 'Users', Content: users, only: 'edit' },
    {
      path: 'privileges',
      label: 'Privileges',
      Content: privileged('core/siteprivilege', 'site'),
      only: 'edit',
    },
    { path: 'slices', label: 'Slices', Content: slices, only: 'edit' },
    { path: 'nodes', label: 'Nodes', Content: nodes, only: 'edit' },
  ],
};
