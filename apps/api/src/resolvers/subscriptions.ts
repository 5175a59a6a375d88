import { askerOf } from '@tenon/graphql/context';
import { RunEvent } from '@tenon/model/entities/run-event';
import type { EntityDescription } from '@tenon/model/entity-description';
import { InputError } from '@tenon/model/errors';
import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';

import type { ApiContext } from '../context.js';
import type { Change } from '../subscriptions/change.js';
import { ChangeType } from '../subscriptions/change.js';
import { changeStream } from '../subscriptions/change-stream.js';
import { runEventStream } from '../subscriptions/run-event-stream.js';
import { typesByTable } from '../subscriptions/tables.js';

const TYPES = 'Names of the types to tell of, e.g. ["ExampleTenant"]; all when left out.';

const AFTER = 'Only events with a greater `sequence`.';

/** What comes without being asked for. */
@Resolver()
export class SubscriptionResolver {
  @Subscription(() => ChangeType, {
    description: 'Changes of rows that you may see, as they are committed.',
    subscribe: ({ args, context }: { args: { types?: string[] | null }; context: ApiContext }) =>
      changesFor(context, args.types ?? null),
  })
  changes(@Root() change: Change): Change {
    return change;
  }

  @Subscription(() => RunEvent, {
    description: 'Events of one run: those stored so far, then new ones as they come.',
    subscribe: ({ args, context }: { args: { runId: number; after: number }; context: ApiContext }) => {
      const asker = askerOf(context);
      return runEventStream({ ...args, feed: context.app.feed, fork: () => context.fork(asker) });
    },
  })
  runEvents(@Root() event: RunEvent): RunEvent {
    return event;
  }
}

// The arguments are used where the stream is opened, so the methods above have no parameters to decorate.
const { prototype } = SubscriptionResolver;
Arg('types', () => [String], { nullable: true, description: TYPES })(prototype, 'changes', 1);
Arg('runId', () => Int)(prototype, 'runEvents', 1);
Arg('after', () => Int, { defaultValue: 0, description: AFTER })(prototype, 'runEvents', 2);

async function changesFor(
  context: ApiContext,
  names: string[] | null,
): Promise<AsyncIterableIterator<Change>> {
  const asker = askerOf(context);
  const { app } = context;
  return changeStream({
    feed: app.feed,
    descriptions:
      names === null ? app.descriptions : names.map((name) => describedBy(app.descriptions, name)),
    types: typesByTable(app.orm, app.descriptions),
    asker,
    fork: () => context.fork(asker),
  });
}

function describedBy(descriptions: readonly EntityDescription[], name: string): EntityDescription {
  const description = descriptions.find((one) => one.name === name);
  if (description === undefined) throw new InputError({ types: [`There is no type ${name}.`] });
  return description;
}
