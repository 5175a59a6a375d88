import type { EntityManager } from '@mikro-orm/postgresql';

import type { IdSet } from './id-set.js';
import type { UserPrincipal } from './principal.js';

/** What somebody does to a row. */
export type Action = 'create' | 'update' | 'delete';

/** Rows by id, or one of the two ends of the scale. */
export type Rows = 'all' | 'none' | IdSet;

/** Who may see and change the rows of one entity. An installation admin may everything that `may` does not deny to all. */
export interface Policy<T> {
  /** The rows that the user may see; compiled into the filter that every query passes. */
  see(user: UserPrincipal): Rows;
  /** The rows that the user may update or delete. Lists ask for it once, not once a row. */
  change(user: UserPrincipal, action: 'update' | 'delete'): Rows;
  /** The places (for a slice: sites) in which the user may create rows: not empty means that "Add" is offered. */
  create(user: UserPrincipal): Rows;
  /** Whether the user may do this to this row. A new row is judged by where it would be, an old one by its id. */
  may(user: UserPrincipal, action: Action, row: T, em: EntityManager): Promise<boolean>;
  /** Names of the properties that the user may not set. Default: none. `row` is null when asked in general. */
  readOnly?(user: UserPrincipal, row: T | null): readonly string[];
}
