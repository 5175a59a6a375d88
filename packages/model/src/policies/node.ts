import type { Node } from '../entities/node.js';
import { ids } from '../id-set.js';
import { definePolicy } from './define-policy.js';
import { sitesWhere } from './scopes.js';

/** Everybody who is signed in sees the nodes; a site's admins and techs manage those of their site. */
export const nodePolicy = definePolicy<Node>({
  see: () => 'all',
  update: (user) => ids`select n.id from node n where n.site_id in (${sitesWhere(user, 'admin', 'tech')})`,
  create: { in: (user) => sitesWhere(user, 'admin', 'tech'), place: (node) => node.site },
  movable: true,
});
