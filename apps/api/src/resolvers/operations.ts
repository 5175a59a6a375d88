import { askerOf } from '@tenon/graphql/context';
import type { EntityDescription } from '@tenon/model/entity-description';
import { InputError } from '@tenon/model/errors';
import { deletionImpact, syncNow } from '@tenon/model/write';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';

import type { ApiContext } from '../context.js';

/** What can be done with objects of any type. */
@Resolver()
export class OperationResolver {
  @Mutation(() => Boolean, { description: 'Applies an object again, now, whatever is known of it.' })
  async syncNow(
    @Arg('type', () => String, { description: 'Name of its type, e.g. ExampleTenant' }) type: string,
    @Arg('id', () => Int) id: number,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    context.reads = null;
    const { hints } = await syncNow(context.fork(askerOf(context)), describedBy(context, type), id);
    context.wake(hints);
    return true;
  }

  @Query(() => [String], { description: 'Labels of what deleting an object destroys besides itself.' })
  deletionImpact(
    @Arg('type', () => String, { description: 'Name of its type, e.g. ExampleTenant' }) type: string,
    @Arg('id', () => Int) id: number,
    @Ctx() context: ApiContext,
  ): Promise<string[]> {
    return deletionImpact(context.fork(askerOf(context)), describedBy(context, type), id);
  }
}

function describedBy(context: ApiContext, type: string): EntityDescription {
  const description = context.app.descriptions.find(({ name }) => name === type);
  if (description === undefined) throw new InputError({ type: [`There is no type ${type}.`] });
  return description;
}
