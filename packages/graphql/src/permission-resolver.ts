import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import { among } from '@tenon/model/policies/define-policy';
import DataLoader from 'dataloader';
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';

import type { GraphContext, Reads } from './context.js';
import { askerOf, readsOf } from './context.js';

type Change = 'update' | 'delete';

/** What the asker may do to one row. */
@ObjectType({ description: 'What you may do to this row' })
export class RowPermission {
  constructor(
    readonly row: Row,
    readonly ask: (change: Change, id: number) => Promise<boolean>,
  ) {}

  @Field(() => Boolean)
  update(): Promise<boolean> {
    return this.ask('update', this.row.id);
  }

  @Field(() => Boolean)
  delete(): Promise<boolean> {
    return this.ask('delete', this.row.id);
  }
}

/** Makes the resolver of a type's `can`. It asks the policy once for all rows of an operation, not once a row. */
export function permissionResolver<T extends Row>(description: EntityDescription<T>): new () => object {
  const loaders = new WeakMap<Reads, Record<Change, DataLoader<number, boolean>>>();
  const loadersFor = (context: GraphContext): Record<Change, DataLoader<number, boolean>> => {
    const reads = readsOf(context);
    const existing = loaders.get(reads);
    if (existing !== undefined) return existing;
    const made = { update: changeLoader('update', context), delete: changeLoader('delete', context) };
    loaders.set(reads, made);
    return made;
  };
  const changeLoader = (change: Change, context: GraphContext): DataLoader<number, boolean> =>
    new DataLoader(async (ids) => {
      const rows = description.policy.change(askerOf(context), change);
      const allowed = await among(readsOf(context).em, rows, ids);
      return ids.map((id) => allowed.has(id));
    });

  @Resolver(() => description.entity)
  class RowPermissions {
    @FieldResolver(() => RowPermission, { description: 'What you may do to it' })
    can(@Root() row: T, @Ctx() context: GraphContext): RowPermission {
      const loader = loadersFor(context);
      return new RowPermission(row, (change, id) => loader[change].load(id));
    }
  }
  return RowPermissions;
}
