import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import { SyncState } from '@tenon/model/sync-state';
import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';

import type { GraphContext } from './context.js';
import { readsOf } from './context.js';
import { filterType } from './filter-type.js';
import { isSynced } from './is-synced.js';
import type { RowPage } from './list-rows.js';
import { ListArguments, listRows } from './list-rows.js';
import { listType } from './list-type.js';
import { queryName } from './row-name.js';

/** Makes the resolver of an entity's two queries: the list, and one row by id. */
export function queryResolver<T extends Row>(description: EntityDescription<T>): new () => object {
  const { name, plural, label, labelPlural, entity, fields } = description;
  const filterClass = filterType(`${name}Filter`, fields, { syncState: isSynced(entity) ? SyncState : null });
  const listClass = listType(`${name}List`, entity);

  @ArgsType()
  class RowListArguments extends ListArguments {
    @Field(() => filterClass, { nullable: true })
    declare filter: Record<string, unknown> | null;
  }

  @Resolver(() => entity)
  class RowQueries {
    @Query(() => listClass, { name: plural, description: `The ${labelPlural} that you may see.` })
    list(
      @Args(() => RowListArguments) list: RowListArguments,
      @Ctx() context: GraphContext,
    ): Promise<RowPage<T>> {
      return listRows(description, list, readsOf(context));
    }

    @Query(() => entity, {
      name: queryName(name),
      nullable: true,
      description: `The ${label} of that id; null when there is none that you may see.`,
    })
    one(@Arg('id', () => Int) id: number, @Ctx() context: GraphContext): Promise<T | null> {
      return readsOf(context).loaders.one(entity, id);
    }
  }
  return RowQueries;
}
