import type { ColumnInfo } from './column-registry.js';
import { columnsOf } from './column-registry.js';
import type { Row } from './entities/row.js';
import { Synced } from './entities/synced.js';
import type { EntityDescription } from './entity-description.js';
import { ForbiddenError } from './errors.js';
import { defaultOf } from './new-row.js';
import type { Action } from './policy.js';
import type { UserPrincipal } from './principal.js';

/** Columns that count the changes of a row, and are therefore no change themselves. */
const BOOKKEEPING: readonly string[] = ['id', 'generation', 'createdAt', 'updated'];

/** Whether changing the column is no declarative change: the worker or a rule writes it, or it counts changes. */
export function isFact(column: ColumnInfo | undefined, name: string): boolean {
  return column?.writer === 'worker' || BOOKKEEPING.includes(name);
}

/** Whether the change asks for the row's deletion. */
export function wantsDeletion(row: Row, changed: readonly string[]): boolean {
  return row instanceof Synced && changed.includes('deletingSince') && row.deletingSince !== null;
}

interface FieldChange {
  description: EntityDescription;
  row: Row;
  action: Action;
  declared: readonly string[];
  facts: readonly string[];
}

/**
 * Refuses what the user may change in general but not in these columns. A new row may have its locked fields as nobody
 * set them, or naming the user himself.
 */
export function refuseLockedFields(
  { description, row, action, declared, facts }: FieldChange,
  user: UserPrincipal,
): void {
  if (action === 'delete') return;
  const columns = columnsOf(row.constructor);
  const locked = description.policy.readOnly?.(user, action === 'create' ? null : row) ?? [];
  const isLocked = (name: string): boolean => {
    if (action === 'create') return locked.includes(name) && !isUntouched(row, name, columns, user);
    const field = columns.get(name)?.field;
    return locked.includes(name) || field?.readOnly === true || field?.createOnly === true;
  };
  const offending = [
    ...declared.filter(isLocked),
    ...facts.filter((name) => action === 'update' && isSet(row, name)),
  ];
  if (offending.length === 0) return;
  throw new ForbiddenError(
    `cannot ${action} ${description.label} ${row.label}: you may not set ${offending.join(', ')}; leave it as it is`,
  );
}

/** People clear the facts of the last try ("sync now"), they never set one. */
function isSet(row: Row, name: string): boolean {
  const value: unknown = Reflect.get(row, name);
  return value !== null && value !== 0;
}

function isUntouched(
  row: Row,
  name: string,
  columns: ReadonlyMap<string, ColumnInfo>,
  user: UserPrincipal,
): boolean {
  const value: unknown = Reflect.get(row, name);
  const field = columns.get(name)?.field;
  if (value === null || value === undefined || field === undefined) return true;
  if (typeof value === 'object' && 'id' in value)
    return field.kind === 'reference' && field.to === 'User' && value.id === user.userId;
  return value === defaultOf(field);
}
