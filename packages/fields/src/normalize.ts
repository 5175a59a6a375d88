import type { Field, FieldMap } from './field.js';
import { inputName, isNullable } from './field-value.js';

/**
 * Brings an input into the form in which it is stored: texts lose the blanks at their ends unless the field keeps
 * them, and an empty text becomes null where the field can be empty. Keys that are no field stay as they are.
 */
export function normalize(fields: FieldMap, input: Record<string, unknown>): Record<string, unknown> {
  const stored = { ...input };
  for (const [name, field] of Object.entries(fields)) {
    const key = inputName(name, field);
    const value = stored[key];
    if (typeof value === 'string') stored[key] = normalizeText(field, value);
  }
  return stored;
}

function normalizeText(field: Field, value: string): string | null {
  const keepsBlanks = field.kind === 'text' && field.trim === false;
  const text = keepsBlanks || field.kind === 'secret' ? value : value.trim();
  return text === '' && isNullable(field) ? null : text;
}
