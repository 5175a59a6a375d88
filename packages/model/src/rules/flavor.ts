import type { Flavor } from '../entities/flavor.js';
import type { Rules } from '../entity-description.js';
import { keepOneDefault } from './one-default.js';

/** There is one default flavor. */
export const flavorRules: Rules<Flavor> = {
  creating: (em, flavor) => keepOneDefault(em, 'flavor', flavor),
  updating: (em, flavor) => keepOneDefault(em, 'flavor', flavor),
};
