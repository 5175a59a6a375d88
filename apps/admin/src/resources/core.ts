import type { ResourceGroup } from '@tenon/service-kit/admin/model-screens';

/** The group of everything that is no service's. */
export const core: ResourceGroup = { path: 'core', title: 'Core' };
