import type { Field, FieldMap } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { Field as GraphField, InputType } from 'type-graphql';

import { scalarType } from './scalar-type.js';

/** A class that exists only to give type-graphql an input type; its instances are plain values by field name. */
export type InputClass = new () => Record<string, unknown>;

/** Fields of an input that are not fields of the entity, by name: another input type, as a list. */
export type NestedInputs = Readonly<Record<string, InputClass>>;

/**
 * Makes the GraphQL input type of a form.
 *
 * Every field is nullable in the schema, required ones too: GraphQL's own refusal of a missing value names no field, ours
 * does (`extensions.fields`), and the form shows it beside the input.
 */
export function inputType(
  name: string,
  fields: FieldMap,
  mode: 'create' | 'update',
  nested: NestedInputs = {},
): InputClass {
  const inputClass = namedClass(name);
  for (const [fieldName, field] of Object.entries(fields)) {
    if (!isAccepted(field, mode)) continue;
    const options = { nullable: true, description: describe(field, mode) };
    GraphField(() => scalarType(field), options)(inputClass.prototype as object, inputName(fieldName, field));
  }
  for (const [fieldName, rowClass] of Object.entries(nested)) {
    const description = 'Rows to add; those that exist already stay as they are.';
    GraphField(() => [rowClass], { nullable: true, description })(inputClass.prototype as object, fieldName);
  }
  InputType(name)(inputClass);
  return inputClass;
}

/** A new class of that name without members. */
export function namedClass(name: string): InputClass {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- type-graphql gives it its members by decorators.
  return { [name]: class {} }[name] as InputClass;
}

/** Whether the form may set the field. */
export function isAccepted(field: Field, mode: 'create' | 'update'): boolean {
  return (
    field.readOnly !== true && field.hidden !== true && !(mode === 'update' && field.createOnly === true)
  );
}

function describe(field: Field, mode: 'create' | 'update'): string {
  const required = field.required === true && mode === 'create' ? ' Required.' : '';
  return `${field.help ?? field.label}.${required}`.replace('..', '.');
}
