import type { ChoiceField, Field, FieldMap } from './field.js';
import { inputName, isNullable } from './field-value.js';
import { textProblem } from './text-problem.js';

/** What is wrong with an input: sentences by field name, `slices.0.name` for a nested row, '' for the whole form. */
export type FieldErrors = Record<string, string[]>;

/**
 * Checks an input against the description of its fields.
 *
 * @param mode `create` demands every required field; `update` looks only at what is given, and refuses what can
 *   only be set at creation.
 * @returns the errors by input name (`siteId` for a reference), an empty object when the input is good.
 */
export function validate(
  fields: FieldMap,
  input: Record<string, unknown>,
  mode: 'create' | 'update',
): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, field] of Object.entries(fields)) {
    const key = inputName(name, field);
    const problem = fieldProblem(field, input[key], mode);
    if (problem !== null) errors[key] = [problem];
  }
  return errors;
}

function fieldProblem(field: Field, value: unknown, mode: 'create' | 'update'): string | null {
  if (value === undefined) return mode === 'create' ? missingProblem(field) : null;
  if (field.readOnly === true) return 'This field cannot be set.';
  if (field.createOnly === true && mode === 'update') return 'This field cannot be changed after creation.';
  if (isEmpty(field, value)) return isNullable(field) ? null : 'This field is required.';
  return valueProblem(field, value);
}

function missingProblem(field: Field): string | null {
  if (field.readOnly === true || field.hidden === true) return null;
  return field.required === true && !('default' in field) ? 'This field is required.' : null;
}

/** A text of blanks is empty only where blanks are trimmed anyway. */
function isEmpty(field: Field, value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'string') return false;
  const trims = !(field.kind === 'text' && field.trim === false);
  return (trims ? value.trim() : value) === '';
}

function valueProblem(field: Field, value: unknown): string | null {
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'secret':
      return typeof value === 'string' ? textProblem(field, value) : 'Enter a text.';
    case 'integer':
      return integerProblem(field, value);
    case 'reference':
      return Number.isInteger(value) ? null : 'Choose an object.';
    case 'flag':
      return typeof value === 'boolean' ? null : 'Choose yes or no.';
    case 'choice':
      return choiceProblem(field, value);
    case 'moment':
      return value instanceof Date && !Number.isNaN(value.getTime()) ? null : 'Enter a date and time.';
  }
}

function choiceProblem(field: ChoiceField, value: unknown): string | null {
  if (field.choices.some((choice) => choice.value === value)) return null;
  return `Choose one of: ${field.choices.map((choice) => choice.label).join(', ')}.`;
}

function integerProblem(field: { min?: number; max?: number }, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'Enter a whole number.';
  if (field.min !== undefined && value < field.min) return `Enter ${field.min} or more.`;
  if (field.max !== undefined && value > field.max) return `Enter ${field.max} or less.`;
  return null;
}
