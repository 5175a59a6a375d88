import type { GraphContext } from '@tenon/graphql/context';
import { readsOf } from '@tenon/graphql/context';
import { crudResolver } from '@tenon/graphql/crud-resolver';
import { referredId } from '@tenon/graphql/loaders';
import { nestedRows } from '@tenon/graphql/nested-rows';
import { sliceDescription } from '@tenon/model/core-entities';
import { Instance } from '@tenon/model/entities/instance';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { exampleServiceDescription, exampleTenantDescription } from './describe.js';
import { ExampleTenant } from './model.js';

/** What a person does with an Example Tenant. */
@Resolver(() => ExampleTenant)
class ExampleTenantResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The command that prints its page; null while there is no machine',
  })
  async curlCommand(@Root() tenant: ExampleTenant, @Ctx() context: GraphContext): Promise<string | null> {
    const id = referredId(tenant, 'instance');
    const instance = id === null ? null : await readsOf(context).loaders.one(Instance, id);
    return instance?.reachableAt ? `curl ${instance.reachableAt}` : null;
  }
}

const slices = nestedRows('slices', {
  description: sliceDescription,
  parent: 'service',
  fields: ['name', 'site'],
});

/** The GraphQL side of the Example Service. */
export const resolvers = [
  ...crudResolver(exampleServiceDescription, { nested: [slices] }),
  ...crudResolver(exampleTenantDescription),
  ExampleTenantResolver,
];
