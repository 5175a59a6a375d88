import type { FieldMap } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';

import { isFilterable } from './filter-type.js';

/** A condition of the ORM. */
export type Condition = Record<string, unknown>;

/** Whether the asker may see the object that a filter names. */
export type CanSee = (reference: string, id: number) => Promise<boolean>;

/**
 * The ORM's condition for a filter. The policy's own condition is not part of it: the entity manager adds that.
 *
 * A filter by a reference finds nothing when the asker cannot see the object it names; otherwise the filter would tell
 * what the output hides.
 */
export async function whereOf(
  fields: FieldMap,
  filter: Record<string, unknown>,
  canSee: CanSee,
): Promise<Condition> {
  const conditions: Condition[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = filter[inputName(name, field)];
    if (value === undefined || !isFilterable(field)) continue;
    conditions.push({ [name]: value });
    if (field.kind === 'reference' && typeof value === 'number' && !(await canSee(name, value)))
      return NOTHING;
  }
  if (Array.isArray(filter['ids'])) conditions.push({ id: { $in: filter['ids'] } });
  if (Array.isArray(filter['syncState'])) conditions.push({ syncState: { $in: filter['syncState'] } });
  if (typeof filter['q'] === 'string' && filter['q'] !== '')
    conditions.push(searchCondition(fields, filter['q']));
  return conditions.length === 0 ? {} : { $and: conditions };
}

const NOTHING: Condition = { id: { $in: [] } };

function searchCondition(fields: FieldMap, text: string): Condition {
  const pattern = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const columns = Object.entries(fields)
    .filter(([, field]) => isFilterable(field) && (field.kind === 'text' || field.kind === 'longText'))
    .map(([name]) => ({ [name]: { $ilike: pattern } }));
  return columns.length === 0 ? NOTHING : { $or: columns };
}
