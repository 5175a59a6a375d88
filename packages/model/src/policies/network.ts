import type { Network } from '../entities/network.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { instancesSeen, slicesSeen } from './scopes.js';

/** Networks come from rules: who sees the slice, or an instance in the network, sees it; nobody changes it. */
export const networkPolicy = definePolicy<Network>({
  see: (user) => ids`select n.id from network n where n.slice_id in (${slicesSeen(user)})
    union select p.network_id from port p where p.instance_id in (${instancesSeen(user)})`,
  derived: true,
});
