import {
  servicePrivilegeFields,
  sitePrivilegeFields,
  slicePrivilegeFields,
} from '@tenon/fields/entities/privilege';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';

const shared = { group: core, synced: false } as const;

/** What users may do at sites. */
export const sitePrivilege: ModelScreens = {
  ...shared,
  name: 'core/siteprivilege',
  type: 'SitePrivilege',
  one: 'sitePrivilege',
  many: 'sitePrivileges',
  label: 'Site Privilege',
  labelPlural: 'Site Privileges',
  fields: sitePrivilegeFields,
  description: 'A site privilege says what a user may do at a site.',
  columns: ['id', 'user', 'site', 'role'],
  filters: ['site', 'role'],
  tabs: [{ path: '', label: 'Site Privilege Details', inputs: Object.keys(sitePrivilegeFields) }],
};

/** What users may do with slices. */
export const slicePrivilege: ModelScreens = {
  ...shared,
  name: 'core/sliceprivilege',
  type: 'SlicePrivilege',
  one: 'slicePrivilege',
  many: 'slicePrivileges',
  label: 'Slice Privilege',
  labelPlural: 'Slice Privileges',
  fields: slicePrivilegeFields,
  description: 'A slice privilege says what a user may do with a slice.',
  columns: ['id', 'user', 'slice', 'role'],
  filters: ['slice', 'role'],
  tabs: [{ path: '', label: 'Slice Privilege Details', inputs: Object.keys(slicePrivilegeFields) }],
};

/** What users may do with services. */
export const servicePrivilege: ModelScreens = {
  ...shared,
  name: 'core/serviceprivilege',
  type: 'ServicePrivilege',
  one: 'servicePrivilege',
  many: 'servicePrivileges',
  label: 'Service Privilege',
  labelPlural: 'Service Privileges',
  fields: servicePrivilegeFields,
  description: 'A service privilege makes a user an administrator of a service.',
  columns: ['id', 'user', 'service', 'role'],
  filters: ['service'],
  tabs: [{ path: '', label: 'Service Privilege Details', inputs: Object.keys(servicePrivilegeFields) }],
};
