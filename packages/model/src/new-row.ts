import type { Field } from '@tenon/fields/field';

import { columnsOf } from './column-registry.js';
import type { Row } from './entities/row.js';

/**
 * A row that is not stored yet, with the default of each column (null where there is none) and these values. Rules read
 * defaults before the database sets them.
 */
export function newRow<T extends Row>(entity: new () => T, values: Partial<T>): T {
  const row = new entity();
  for (const [name, { field }] of columnsOf(entity)) {
    if (Reflect.get(row, name) === undefined) Reflect.set(row, name, defaultOf(field));
  }
  row.generation = 1;
  return Object.assign(row, values);
}

/** Whether nobody set the property of a new row yet; the types of the entities speak of stored rows. */
export function isUnset<T extends Row>(row: T, property: keyof T): boolean {
  const value: unknown = row[property];
  return value === null || value === undefined;
}

/** The value of a field that nobody set. */
export function defaultOf(field: Field): string | number | boolean | null {
  return 'default' in field ? (field.default ?? null) : null;
}
