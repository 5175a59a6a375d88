import type { Site } from '../entities/site.js';
import { definePolicy } from './define-policy.js';
import { sitesWhere } from './scopes.js';

/** Everybody who is signed in sees the sites; a site's admins and PIs change it, only an installation admin makes one. */
export const sitePolicy = definePolicy<Site>({
  see: () => 'all',
  update: (user) => sitesWhere(user, 'admin', 'pi'),
  delete: () => 'none',
  readOnly: () => ['enabled'],
});
