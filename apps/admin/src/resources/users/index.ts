import { userFields } from '@tenon/fields/entities/user';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';
import { related } from '../related.js';
import { ResetPassword } from './ResetPassword.js';

const slicePrivileges = related({
  resource: 'core/sliceprivilege',
  by: 'userId',
  columns: ['id', 'slice', 'role'],
  main: 'id',
  empty: 'This user has no privileges on slices.',
});

const sitePrivileges = related({
  resource: 'core/siteprivilege',
  by: 'userId',
  columns: ['id', 'site', 'role'],
  main: 'id',
  empty: 'This user has no privileges at sites.',
});

/** Users: the people who sign in. */
export const user: ModelScreens = {
  name: 'core/user',
  type: 'User',
  one: 'user',
  many: 'users',
  label: 'User',
  labelPlural: 'Users',
  group: core,
  fields: userFields,
  synced: false,
  description: 'A user is a person who signs in. What he may see and do follows from his privileges.',
  columns: ['email', 'firstname', 'lastname', 'site', 'isActive', 'isAdmin'],
  filters: ['site', 'isActive', 'isAdmin'],
  tabs: [
    {
      path: '',
      label: 'Login Details',
      inputs: ['email', 'isActive', 'isAdmin', 'isReadonly'],
      Content: ResetPassword,
    },
    {
      path: 'contact',
      label: 'Contact Information',
      inputs: ['firstname', 'lastname', 'phone', 'site', 'publicKey'],
    },
    { path: 'slice-privileges', label: 'Slice Privileges', Content: slicePrivileges, only: 'edit' },
    { path: 'site-privileges', label: 'Site Privileges', Content: sitePrivileges, only: 'edit' },
  ],
};
