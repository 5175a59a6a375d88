import type { Port } from '../entities/port.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { instancesSeen } from './scopes.js';

/** Ports come from rules: who sees the instance sees its addresses; nobody changes them. */
export const portPolicy = definePolicy<Port>({
  see: (user) => ids`select p.id from port p where p.instance_id in (${instancesSeen(user)})`,
  derived: true,
});
