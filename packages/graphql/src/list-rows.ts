import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { columnsOf } from '@tenon/model/column-registry';
import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import { InputError } from '@tenon/model/errors';
import { ArgsType, Field, Int } from 'type-graphql';

import type { Reads } from './context.js';
import { isSynced } from './is-synced.js';
import { orderBy, sortableColumns, SortInput, SortOrder } from './sort-input.js';
import type { CanSee } from './where.js';
import { whereOf } from './where.js';

/** The longest page of a list. */
const MAX_PER_PAGE = 1000;

const DEFAULT_PER_PAGE = 25;

/** The arguments of a list query; each entity adds the type of its own filter. */
@ArgsType()
export class ListArguments {
  filter!: Record<string, unknown> | null;

  @Field(() => [SortInput], { defaultValue: [{ field: 'id', order: SortOrder.ASC }] })
  sort!: SortInput[];

  @Field(() => Int, { defaultValue: 1, description: 'Number of the page, from 1.' })
  page!: number;

  @Field(() => Int, { defaultValue: DEFAULT_PER_PAGE, description: `Rows a page, at most ${MAX_PER_PAGE}.` })
  perPage!: number;
}

/** One page of a list. Both members are read when they are asked for: most lists do not need the count. */
export interface RowPage<T> {
  readonly items: Promise<T[]>;
  /** Rows on all pages together. */
  readonly totalCount: Promise<number>;
}

/** Reads one page of the rows that the asker may see. @throws InputError for an unknown column or an impossible page. */
export async function listRows<T extends Row>(
  description: EntityDescription<T>,
  { filter, sort, page, perPage }: ListArguments,
  reads: Reads,
): Promise<RowPage<T>> {
  checkPage(page, perPage);
  const columns = sortableColumns(description.fields, isSynced(description.entity));
  const order = orderBy(columns, sort);
  const where = (await whereOf(
    description.fields,
    filter ?? {},
    canSee(description, reads),
  )) as FilterQuery<T>;
  const find = { orderBy: order, limit: perPage, offset: (page - 1) * perPage };
  const { em } = reads;
  return {
    get items() {
      return em.find(description.entity, where, find as Parameters<EntityManager['find']>[2]) as Promise<T[]>;
    },
    get totalCount() {
      return em.count(description.entity, where);
    },
  };
}

function checkPage(page: number, perPage: number): void {
  if (page < 1) throw new InputError({ page: ['Pages are counted from 1.'] });
  if (perPage < 1 || perPage > MAX_PER_PAGE)
    throw new InputError({ perPage: [`Choose from 1 to ${MAX_PER_PAGE}.`] });
}

function canSee(description: EntityDescription, { loaders }: Reads): CanSee {
  const columns = columnsOf(description.entity);
  return async (reference, id) => {
    const target = columns.get(reference)?.target?.() as (new () => Row) | undefined;
    return target !== undefined && (await loaders.one(target, id)) !== null;
  };
}
