import { Service } from '@tenon/model/entities/service';
import { ServicePrivilege } from '@tenon/model/entities/service-privilege';
import { Slice } from '@tenon/model/entities/slice';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { GraphContext } from '../context.js';
import { readsOf } from '../context.js';

/** What belongs to a service. The types of service packages inherit it. */
@Resolver(() => Service)
export class ServiceResolver {
  @FieldResolver(() => [Slice], { description: 'The slices that work for it' })
  slices(@Root() service: Service, @Ctx() context: GraphContext): Promise<Slice[]> {
    return readsOf(context).loaders.children(Slice, 'service', service.id);
  }

  @FieldResolver(() => [ServicePrivilege], { description: 'Who may administer it' })
  privileges(@Root() service: Service, @Ctx() context: GraphContext): Promise<ServicePrivilege[]> {
    return readsOf(context).loaders.children(ServicePrivilege, 'service', service.id);
  }
}
