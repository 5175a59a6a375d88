import type { Field } from './field.js';

type Plain<F extends Field> = F extends { kind: 'integer' | 'reference' }
  ? number
  : F extends { kind: 'flag' }
    ? boolean
    : F extends { kind: 'moment' }
      ? Date
      : F extends { kind: 'choice'; choices: readonly { value: infer Value }[] }
        ? Value
        : string;

type IsAlwaysSet<F extends Field> = F extends { required: true }
  ? true
  : F extends { default: string | number | boolean }
    ? true
    : false;

/** The type of the value a field holds; null belongs to it unless the field is required or has a default. */
export type FieldValue<F extends Field> = IsAlwaysSet<F> extends true ? Plain<F> : Plain<F> | null;

/**
 * Whether the field can be empty. The run-time twin of {@link FieldValue}: a field is nullable unless it is
 * required or has a default.
 */
export function isNullable(field: Field): boolean {
  return field.required !== true && !('default' in field);
}

/** The name under which a field's value is given: a reference `site` is given as `siteId`. */
export function inputName(name: string, field: Field): string {
  return field.kind === 'reference' ? `${name}Id` : name;
}
