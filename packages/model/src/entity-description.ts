import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldMap } from '@tenon/fields/field';

import type { Row } from './entities/row.js';
import type { Policy } from './policy.js';
import type { Principal } from './principal.js';

/** Model policies of one entity: they derive rows from rows inside the transaction that changes them. */
export interface Rules<T> {
  /** Before a new row is stored: fills in what was left out, checks, adds derived rows. Throws InputError. */
  creating?(em: EntityManager, row: T, who: Principal): Promise<void>;
  /** Before a changed row is stored. `before` holds the old values of what changed. Throws InputError. */
  updating?(em: EntityManager, row: T, who: Principal, before: Readonly<Partial<T>>): Promise<void>;
  /** Before a row is deleted, or marked for it: refuses by ConflictError, marks what goes with it. */
  deleting?(em: EntityManager, row: T, who: Principal): Promise<void>;
  /** Labels of what a deletion destroys besides the row; refuses what `deleting` would refuse, before anybody confirms. */
  impact?(em: EntityManager, row: T): Promise<string[]>;
}

/** Everything the layers above know about one entity. */
export interface EntityDescription<T extends Row = Row> {
  /** Name of the class and of the GraphQL type, e.g. `Slice`. */
  name: string;
  /** Name of the list query, e.g. `slices`. */
  plural: string;
  /** Words for people, e.g. `Slice` and `Slices`. */
  label: string;
  labelPlural: string;
  entity: new () => T;
  /** Its fields by property name; a reference's input is named `<name>Id`. */
  fields: FieldMap;
  policy: Policy<T>;
  rules?: Rules<T>;
}
