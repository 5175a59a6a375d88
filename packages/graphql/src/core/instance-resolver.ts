import { Image } from '@tenon/model/entities/image';
import { Instance } from '@tenon/model/entities/instance';
import { Network } from '@tenon/model/entities/network';
import { Port } from '@tenon/model/entities/port';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { GraphContext, Reads } from '../context.js';
import { readsOf } from '../context.js';
import { referredId } from '../loaders.js';

const SSH_PORT = 22;

/** How to reach a machine. */
@Resolver(() => Instance)
export class InstanceResolver {
  @FieldResolver(() => [String], { description: 'Its addresses, the one that the operator can reach first' })
  async addresses(@Root() instance: Instance, @Ctx() context: GraphContext): Promise<string[]> {
    const reads = readsOf(context);
    const ports = await reads.loaders.children(Port, 'instance', instance.id);
    const places = await Promise.all(
      ports.map(async (port) => ({
        address: port.address,
        isNat: (await networkOf(port, reads))?.role === 'nat',
      })),
    );
    return places.sort((a, b) => Number(b.isNat) - Number(a.isNat)).map((place) => place.address);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The command that signs in; null while there is no machine',
  })
  async sshCommand(@Root() instance: Instance, @Ctx() context: GraphContext): Promise<string | null> {
    if (instance.sshHost === null) return null;
    const imageId = referredId(instance, 'image');
    const image = imageId === null ? null : await readsOf(context).loaders.one(Image, imageId);
    const port = instance.sshPort === null || instance.sshPort === SSH_PORT ? '' : `-p ${instance.sshPort} `;
    return `ssh ${port}${image?.loginUser ?? 'ubuntu'}@${instance.sshHost}`;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where its web server is reached; null while there is none',
  })
  url(@Root() instance: Instance): string | null {
    return instance.reachableAt;
  }
}

async function networkOf(port: Port, { loaders }: Reads): Promise<Network | null> {
  const id = referredId(port, 'network');
  return id === null ? null : loaders.one(Network, id);
}
