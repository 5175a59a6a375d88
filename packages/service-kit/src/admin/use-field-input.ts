import type { Field } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { validate } from '@tenon/fields/validate';
import type { RefCallback } from 'react';
import { useInput, useTranslate } from 'react-admin';

import { describedBy } from './FieldRow.js';
import { useFormMode } from './form-mode.js';
import { errorText } from './error-text.js';

/** One field of a form: where it is, what it is, and what a new form starts with. */
export interface FieldInputProps {
  /** Name of the field in its map, such as `site`. */
  name: string;
  field: Field;
  /** Path of the row it belongs to, such as `slices.0`. */
  within?: string;
}

/** What an input component needs to draw itself. */
export interface FieldInputState {
  /** The value and what changes it, bound to the form. */
  bound: {
    name: string;
    value: unknown;
    onChange: (eventOrValue: unknown) => void;
    onBlur: () => void;
    ref: RefCallback<HTMLElement>;
  };
  error: string | undefined;
  /** Attributes for the control itself: id, description, validity. */
  control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
    'aria-required': boolean;
  };
}

/**
 * Binds a field to the form. It is checked by the same rules as in the server, so most mistakes are told before
 * anything is sent; what only the server can know comes back under the same name.
 */
export function useFieldInput(
  { name, field, within }: FieldInputProps,
  parse?: (value: string) => unknown,
): FieldInputState {
  const { mode } = useFormMode();
  const translate = useTranslate();
  const key = inputName(name, field);
  const source = within === undefined ? key : `${within}.${key}`;
  const input = useInput<unknown>({
    source,
    defaultValue: 'default' in field ? field.default : null,
    validate: (value: unknown) =>
      validate({ [name]: field }, { [key]: value ?? null }, mode === 'create' ? 'create' : 'update')[
        key
      ]?.[0],
    ...(parse && { parse }),
  });
  const error = errorText(input.fieldState.error?.message, translate);

  const { name: registered, value, onChange, onBlur, ref } = input.field as FieldInputState['bound'];

  return {
    bound: { name: registered, value, onChange, onBlur, ref },
    error,
    control: {
      id: input.id,
      'aria-describedby': describedBy(input.id, field.help, error),
      'aria-invalid': error !== undefined,
      'aria-required': field.required === true,
    },
  };
}
