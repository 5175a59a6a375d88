import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldMap } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { normalize } from '@tenon/fields/normalize';
import type { FieldErrors } from '@tenon/fields/validate';
import { validate } from '@tenon/fields/validate';
import { columnsOf } from '@tenon/model/column-registry';
import type { Row } from '@tenon/model/entities/row';
import { InputError } from '@tenon/model/errors';

import { isAccepted } from './input-type.js';
import { referredId } from './loaders.js';

/** A form as it came in. */
export interface Form {
  fields: FieldMap;
  input: Record<string, unknown>;
  mode: 'create' | 'update';
}

/** What is wrong with a form as far as it can be said without the database, by input name. */
export function formErrors({ fields, input, mode }: Form): FieldErrors {
  const accepted = acceptedFields(fields, mode);
  return validate(accepted, normalize(accepted, input), mode);
}

/** The names of the form's inputs. */
export function inputNames({ fields, mode }: Form): string[] {
  return Object.entries(acceptedFields(fields, mode)).map(([name, field]) => inputName(name, field));
}

/**
 * Puts the values of a checked form into the row. References are looked up under the asker's policies: an object that he
 * cannot see does not exist for him. Values that are the row's already are not set.
 * @throws InputError naming the references that do not exist.
 */
export async function setFields(em: EntityManager, row: Row, { fields, input, mode }: Form): Promise<void> {
  const accepted = acceptedFields(fields, mode);
  const values = normalize(accepted, input);
  const errors: FieldErrors = {};
  for (const [name, field] of Object.entries(accepted)) {
    const key = inputName(name, field);
    const value = values[key];
    if (value === undefined) continue;
    if (field.kind !== 'reference') {
      Reflect.set(row, name, value);
    } else if (referredId(row, name) !== value) {
      const referred = typeof value === 'number' ? await findReferred(em, row, { name, id: value }) : null;
      if (referred === null && value !== null)
        errors[key] = [`There is no such ${field.label.toLowerCase()}.`];
      Reflect.set(row, name, referred);
    }
  }
  if (Object.keys(errors).length > 0) throw new InputError(errors);
}

function acceptedFields(fields: FieldMap, mode: 'create' | 'update'): FieldMap {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => isAccepted(field, mode)));
}

async function findReferred(
  em: EntityManager,
  row: Row,
  reference: { name: string; id: number },
): Promise<Row | null> {
  const target = columnsOf(row.constructor).get(reference.name)?.target?.() as (new () => Row) | undefined;
  if (target === undefined) throw new Error(`cannot look up ${reference.name}: it is no reference column`);
  const found = await em.find<Row>(target, { id: reference.id });
  return found[0] ?? null;
}
