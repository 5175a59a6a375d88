import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldErrors } from '@tenon/fields/validate';
import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import type { ConflictError } from '@tenon/model/errors';
import { InputError } from '@tenon/model/errors';
import type { Written } from '@tenon/model/write';
import { createRow, updateRow } from '@tenon/model/write';

import { differences } from './differences.js';
import type { NestedRows } from './nested-rows.js';
import type { Form } from './set-fields.js';
import { formErrors, inputNames, setFields } from './set-fields.js';
import { StaleEditError } from './stale-edit-error.js';

/** One entity as its mutations see it. */
export interface Writing<T extends Row> {
  /** Of its own for this mutation; under the asker's policies, with the write guard. */
  em: EntityManager;
  description: EntityDescription<T>;
  nested: readonly NestedRows[];
}

/** What an edit asks for. */
export interface Edit {
  id: number;
  input: Record<string, unknown>;
  /** The generation that the form was filled from; null to save whatever happened meanwhile. */
  expectedGeneration: number | null;
}

/** Stores a new row with its nested rows in one transaction. @throws InputError with the errors of all fields at once. */
export async function createFromForm<T extends Row>(
  { em, description, nested }: Writing<T>,
  input: Record<string, unknown>,
): Promise<Written<Row>> {
  const form = { fields: description.fields, input, mode: 'create' } as const;
  throwIfAny({ ...formErrors(form), ...nestedErrors(nested, input) });
  return em.transactional(async (tx) => {
    const written = await createRow(tx, description, (row, inner) => setFields(inner, row, form)).catch(
      onForm(form),
    );
    return addNested(tx, nested, { parent: written, input });
  });
}

/**
 * Changes a row. Saving it without a change is allowed and asks for a synchronization.
 * @throws NotFoundError when the asker sees no such row, StaleEditError when it changed since `expectedGeneration`.
 */
export async function updateFromForm<T extends Row>(
  { em, description, nested }: Writing<T>,
  { id, input, expectedGeneration }: Edit,
): Promise<Written<Row>> {
  const form = { fields: description.fields, input, mode: 'update' } as const;
  throwIfAny({ ...formErrors(form), ...nestedErrors(nested, input) });
  const fill = async (row: T, inner: EntityManager): Promise<void> => {
    if (expectedGeneration !== null && row.generation !== expectedGeneration)
      throw stale(description, row, input);
    await setFields(inner, row, form);
  };
  return em.transactional(async (tx) => {
    const written = await updateRow(tx, description, { id, fill }).catch(onForm(form));
    return addNested(tx, nested, { parent: written, input });
  });
}

function stale(description: EntityDescription, row: Row, input: Record<string, unknown>): ConflictError {
  return new StaleEditError(`${description.label} ${row.label}`, differences(row, description.fields, input));
}

/** Adds the nested rows of a form to the row just written; their errors are named `slices.0.name`. */
async function addNested(
  em: EntityManager,
  nested: readonly NestedRows[],
  { parent, input }: { parent: Written<Row>; input: Record<string, unknown> },
): Promise<Written<Row>> {
  const hints = [...parent.hints];
  for (const { kind, prefix, form } of nestedForms(nested, input)) {
    const written = await createRow(em, kind.description, async (child, inner) => {
      Reflect.set(child, kind.parent, parent.row);
      await setFields(inner, child, form);
    }).catch(onForm(form, prefix));
    hints.push(...written.hints);
  }
  return { row: parent.row, hints };
}

function nestedErrors(nested: readonly NestedRows[], input: Record<string, unknown>): FieldErrors {
  return Object.assign(
    {},
    ...nestedForms(nested, input).map(({ prefix, form }) => prefixed(formErrors(form), prefix)),
  ) as FieldErrors;
}

function nestedForms(nested: readonly NestedRows[], input: Record<string, unknown>) {
  return nested.flatMap((kind) =>
    ((input[kind.name] ?? []) as Record<string, unknown>[]).map((row, index) => ({
      kind,
      prefix: `${kind.name}.${index}`,
      form: { fields: kind.fields, input: row, mode: 'create' as const },
    })),
  );
}

/**
 * Rethrows what a rule threw with the names that the form knows. A rule may blame a field of a row that it derives, such as
 * the slice of a tenant's instance: the form has no such field, so the error is of the whole form.
 */
function onForm(form: Form, prefix?: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof InputError)) throw error;
    const names = inputNames(form);
    const known: FieldErrors = {};
    for (const [name, texts] of Object.entries(error.fields)) {
      const key = names.includes(name) ? name : '';
      known[key] = [...(known[key] ?? []), ...texts];
    }
    throw new InputError(prefix === undefined ? known : prefixed(known, prefix));
  };
}

function prefixed(errors: FieldErrors, prefix: string): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, texts]) => [name === '' ? prefix : `${prefix}.${name}`, texts]),
  );
}

function throwIfAny(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) throw new InputError(errors);
}
