import { Instance } from '@tenon/model/entities/instance';
import { Network } from '@tenon/model/entities/network';
import { Slice } from '@tenon/model/entities/slice';
import { SlicePrivilege } from '@tenon/model/entities/slice-privilege';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { GraphContext } from '../context.js';
import { readsOf } from '../context.js';

/** What belongs to a slice. */
@Resolver(() => Slice)
export class SliceResolver {
  @FieldResolver(() => [Network], { description: 'Its networks' })
  networks(@Root() slice: Slice, @Ctx() context: GraphContext): Promise<Network[]> {
    return readsOf(context).loaders.children(Network, 'slice', slice.id);
  }

  @FieldResolver(() => [Instance], { description: 'Its machines' })
  instances(@Root() slice: Slice, @Ctx() context: GraphContext): Promise<Instance[]> {
    return readsOf(context).loaders.children(Instance, 'slice', slice.id);
  }

  @FieldResolver(() => [SlicePrivilege], { description: 'Who may use it' })
  privileges(@Root() slice: Slice, @Ctx() context: GraphContext): Promise<SlicePrivilege[]> {
    return readsOf(context).loaders.children(SlicePrivilege, 'slice', slice.id);
  }
}
