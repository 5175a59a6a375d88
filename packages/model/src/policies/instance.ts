import type { Instance } from '../entities/instance.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { instancesSeen, slicesAdministered } from './scopes.js';

/** Who sees a slice or a tenant sees its instances; who administers the slice changes them. */
export const instancePolicy = definePolicy<Instance>({
  see: instancesSeen,
  update: (user) => ids`select i.id from instance i where i.slice_id in (${slicesAdministered(user)})`,
  create: { in: slicesAdministered, place: (instance) => instance.slice },
});
