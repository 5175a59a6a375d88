import type { FieldMap } from '@tenon/fields/field';
import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';

/** Rows of another entity that a form adds together with its own row, e.g. the slices of a new service. */
export interface NestedRows {
  /** Name in the input, e.g. `slices`; errors are named `slices.0.name`. */
  name: string;
  description: EntityDescription;
  /** The reference of a nested row that is set to the form's row, e.g. `service`. */
  parent: string;
  /** The fields that a nested row is given. */
  fields: FieldMap;
}

/** Describes nested rows; keeps the checks of a concrete entity out of the list that holds several kinds. */
export function nestedRows<T extends Row>(
  name: string,
  nested: { description: EntityDescription<T>; parent: keyof T & string; fields: (keyof T & string)[] },
): NestedRows {
  const { description, parent } = nested;
  const fields = Object.fromEntries(
    Object.entries(description.fields).filter(([field]) => nested.fields.some((wanted) => wanted === field)),
  );
  return { name, description, parent, fields };
}
