import type { FieldMap } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { normalize } from '@tenon/fields/normalize';
import type { FieldErrors } from '@tenon/fields/validate';
import type { Row } from '@tenon/model/entities/row';

import { referredId } from './loaders.js';

/** What a row holds otherwise than a form does, as sentences by input name. Says nothing of what a reference names. */
export function differences(row: Row, fields: FieldMap, input: Record<string, unknown>): FieldErrors {
  const given = normalize(fields, input);
  const found: FieldErrors = {};
  for (const [name, field] of Object.entries(fields)) {
    const key = inputName(name, field);
    const wanted = given[key];
    if (wanted === undefined) continue;
    const current: unknown = field.kind === 'reference' ? referredId(row, name) : Reflect.get(row, name);
    if (current === wanted) continue;
    found[key] = [
      field.kind === 'reference' ? 'It is another one now.' : `It is now: ${JSON.stringify(current)}`,
    ];
  }
  return found;
}
