import type { FieldMap } from '@tenon/fields/field';
import { InputError } from '@tenon/model/errors';
import { Field, InputType, registerEnumType } from 'type-graphql';

/** The direction of a sort. */
export enum SortOrder {
  ASC = 'ASC',
  DESC = 'DESC',
}

registerEnumType(SortOrder, { name: 'SortOrder', description: 'The direction of a sort.' });

/** One key of a sort. */
@InputType('SortInput', {
  description: 'One key of a sort; later keys decide between rows that earlier ones leave equal.',
})
export class SortInput {
  @Field(() => String, { description: 'Name of a column of the type, such as id or name; not a reference.' })
  field!: string;

  @Field(() => SortOrder, { defaultValue: SortOrder.ASC })
  order!: SortOrder;
}

/**
 * The ORM's order for a sort. References cannot be sorted by: the order of rows would tell about objects that the asker
 * may not see. The id comes last, so that pages never overlap.
 * @throws InputError naming the columns there are, for an unknown one.
 */
export function orderBy(
  columns: readonly string[],
  sort: readonly Pick<SortInput, 'field' | 'order'>[],
): Record<string, SortOrder>[] {
  for (const { field } of sort) {
    if (!columns.includes(field)) {
      throw new InputError({ sort: [`cannot sort by ${field}: choose one of ${columns.join(', ')}`] });
    }
  }
  return [...sort.map(({ field, order }) => ({ [field]: order })), { id: SortOrder.ASC }];
}

/** The columns that lists of these fields can be sorted by. */
export function sortableColumns(fields: FieldMap, isSynced: boolean): string[] {
  const own = Object.entries(fields)
    .filter(([, field]) => field.hidden !== true && field.kind !== 'reference' && field.kind !== 'secret')
    .map(([name]) => name);
  const common = ['id', 'generation', 'createdAt', 'updated'];
  return [...common, ...(isSynced ? ['syncState', 'enacted', 'attempts', 'nextAttemptAt'] : []), ...own];
}
