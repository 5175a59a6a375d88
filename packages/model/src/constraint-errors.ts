import { ForeignKeyConstraintViolationException, UniqueConstraintViolationException } from '@mikro-orm/core';
import { inputName } from '@tenon/fields/field-value';

import { columnsOf } from './column-registry.js';
import type { EntityDescription } from './entity-description.js';
import { ConflictError, InputError } from './errors.js';

/** Gives a broken constraint of the database as what it means to people; every other error as it is. */
export function translateConstraint(error: unknown, description: EntityDescription): unknown {
  if (error instanceof UniqueConstraintViolationException) return duplicate(error, description);
  if (error instanceof ForeignKeyConstraintViolationException) return stillNeeded(error, description);
  return error;
}

function duplicate(error: Error, description: EntityDescription): InputError {
  const keys = /Key \(([^)]+)\)=/.exec(detailOf(error))?.[1]?.split(', ') ?? [];
  const columns = [...columnsOf(description.entity)].filter(([name]) =>
    keys.includes(columnName(name, description)),
  );
  const [only] = columns;
  const words = columns.map(([, { field }]) => field.label).join(', ');
  const sentence = `${description.label} with this ${words === '' ? 'value' : words} already exists.`;
  return new InputError({
    [columns.length === 1 && only ? inputName(only[0], only[1].field) : '']: [sentence],
  });
}

function stillNeeded(error: Error, description: EntityDescription): ConflictError {
  const table = /from table "([^"]+)"/.exec(detailOf(error))?.[1];
  const others = table === undefined ? 'other objects' : `a ${table.replaceAll('_', ' ')}`;
  return new ConflictError(
    `cannot delete this ${description.label}: ${others} still needs it; delete that first`,
    {
      cause: error,
    },
  );
}

function columnName(property: string, { entity }: EntityDescription): string {
  const snake = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return columnsOf(entity).get(property)?.field.kind === 'reference' ? `${snake}_id` : snake;
}

function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message;
}
