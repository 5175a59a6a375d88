import type { EntityManager } from '@mikro-orm/postgresql';

import { columnsOf } from '../column-registry.js';
import type { Row } from '../entities/row.js';
import type { Fill } from '../write.js';

/** Values of a form: plain values, and the ids of references. */
export type Values = Readonly<Record<string, unknown>>;

/** Puts values into a row as a form does, but without any check: what the model itself refuses is under test. */
export function fill(values: Values): Fill<Row> {
  return (row: Row, em: EntityManager) => {
    for (const [name, value] of Object.entries(values)) {
      const target = columnsOf(row.constructor).get(name)?.target?.();
      const isReference = target !== undefined && typeof value === 'number';
      Reflect.set(row, name, isReference ? em.getReference(target as new () => Row, value) : value);
    }
  };
}
