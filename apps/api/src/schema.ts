import { coreResolvers } from '@tenon/graphql/core-resolvers';
import type { ServicePackage } from '@tenon/service-kit/define-service';
import type { GraphQLSchema } from 'graphql';
import type { PubSub } from 'type-graphql';
import { buildSchemaSync } from 'type-graphql';

import { InstallationResolver } from './resolvers/installation.js';
import { LoginResolver } from './resolvers/login.js';
import { MeResolver } from './resolvers/me.js';
import { OperationResolver } from './resolvers/operations.js';
import { SubscriptionResolver } from './resolvers/subscriptions.js';

/** type-graphql demands it as soon as there is a subscription, though ours bring their own stream instead of topics. */
const NO_TOPICS: PubSub = {
  publish: () => undefined,
  subscribe: (topic) => {
    throw new Error(`cannot subscribe to the topic ${topic}: subscriptions here have streams of their own`);
  },
};

/** The GraphQL schema of the core, this app and these services. */
export function buildSchema(services: readonly ServicePackage[]): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      MeResolver,
      LoginResolver,
      InstallationResolver,
      OperationResolver,
      SubscriptionResolver,
      ...coreResolvers(),
      ...services.flatMap((service) => [...service.resolvers]),
    ],
    // Inputs are validated by the fields' own description, which names the field that is wrong.
    validate: false,
    pubSub: NO_TOPICS,
  });
}
