import { choice, reference } from '../field.js';

/** What a user may do at a site. */
export const sitePrivilegeFields = {
  user: reference({ label: 'User', to: 'User', required: true }),
  site: reference({ label: 'Site', to: 'Site', required: true }),
  role: choice({
    label: 'Role',
    required: true,
    choices: [
      { value: 'admin', label: 'Admin' },
      { value: 'pi', label: 'PI' },
      { value: 'tech', label: 'Tech' },
    ],
  }),
};

/** What a user may do with a slice: `access` may see it and sign in to its machines, `admin` may change it. */
export const slicePrivilegeFields = {
  user: reference({ label: 'User', to: 'User', required: true }),
  slice: reference({ label: 'Slice', to: 'Slice', required: true }),
  role: choice({
    label: 'Role',
    required: true,
    choices: [
      { value: 'admin', label: 'Admin' },
      { value: 'access', label: 'Access' },
    ],
  }),
};

/** What a user may do with a service. */
export const servicePrivilegeFields = {
  user: reference({ label: 'User', to: 'User', required: true }),
  service: reference({ label: 'Service', to: 'Service', required: true }),
  role: choice({ label: 'Role', required: true, choices: [{ value: 'admin', label: 'Admin' }] }),
};
