import type { Slice } from '../entities/slice.js';
import { definePolicy } from './define-policy.js';
import { sitesWhere, slicesAdministered, slicesSeen } from './scopes.js';

/** Any privilege shows a slice; slice admins, its creator, the site's admins and PIs and the service's admins change it. */
export const slicePolicy = definePolicy<Slice>({
  see: slicesSeen,
  update: slicesAdministered,
  create: { in: (user) => sitesWhere(user, 'admin', 'pi'), place: (slice) => slice.site },
  readOnly: () => ['creator'],
});
