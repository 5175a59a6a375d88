import { RunEvent } from '@tenon/model/entities/run-event';
import { Run } from '@tenon/model/entities/run';
import { InputError } from '@tenon/model/errors';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';

import type { GraphContext } from '../context.js';
import { readsOf } from '../context.js';

const MAX_LIMIT = 5000;

/** What happened in a run. */
@Resolver(() => Run)
export class RunResolver {
  @FieldResolver(() => [RunEvent], { description: 'What happened, in order' })
  events(
    @Root() run: Run,
    @Arg('after', () => Int, { defaultValue: 0, description: 'Only events with a greater `sequence`' })
    after: number,
    @Arg('limit', () => Int, { defaultValue: 500 }) limit: number,
    @Ctx() context: GraphContext,
  ): Promise<RunEvent[]> {
    if (limit < 1 || limit > MAX_LIMIT) throw new InputError({ limit: [`Choose from 1 to ${MAX_LIMIT}.`] });
    const where = { run: run.id, sequence: { $gt: after } };
    return readsOf(context).em.find(RunEvent, where, { orderBy: { sequence: 'asc' }, limit });
  }
}
