import type { SlicePrivilege } from '../entities/slice-privilege.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { slicesAdministered } from './scopes.js';

/** Users see their own; who administers a slice sees and grants those on it. */
export const slicePrivilegePolicy = definePolicy<SlicePrivilege>({
  see: (user) => ids`select p.id from slice_privilege p where p.user_id = ${user.userId}
    or p.slice_id in (${slicesAdministered(user)})`,
  update: (user) => ids`select p.id from slice_privilege p where p.slice_id in (${slicesAdministered(user)})`,
  create: { in: slicesAdministered, place: (privilege) => privilege.slice },
  movable: true,
});
