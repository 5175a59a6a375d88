import type { Field, FieldMap } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { Field as GraphField, InputType, Int } from 'type-graphql';

import type { InputClass } from './input-type.js';
import { namedClass } from './input-type.js';
import { scalarType } from './scalar-type.js';

/** Whether lists can be filtered by the field: what is never shown is never compared either. */
export function isFilterable(field: Field): boolean {
  return field.hidden !== true && field.kind !== 'secret';
}

/** Makes the GraphQL filter of a list: equality by column, by reference, by ids, and a search text. */
export function filterType(
  name: string,
  fields: FieldMap,
  options: { syncState: object | null },
): InputClass {
  const filterClass = namedClass(name);
  const add = (fieldName: string, type: () => object, description: string) => {
    GraphField(type, { nullable: true, description })(filterClass.prototype as object, fieldName);
  };
  add('ids', () => [Int], 'Only these.');
  add(
    'q',
    () => String,
    'Rows with this text in one of their text columns; upper and lower case are the same.',
  );
  for (const [fieldName, field] of Object.entries(fields)) {
    if (isFilterable(field))
      add(inputName(fieldName, field), () => scalarType(field), `Only with this: ${field.label}.`);
  }
  const { syncState } = options;
  if (syncState !== null) add('syncState', () => [syncState], 'Only in one of these states.');
  InputType(name)(filterClass);
  return filterClass;
}
