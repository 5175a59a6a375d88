import type { EntityManager } from '@mikro-orm/postgresql';

import { Deployment } from '../entities/deployment.js';
import { Flavor } from '../entities/flavor.js';
import { Image } from '../entities/image.js';
import type { Instance } from '../entities/instance.js';
import { Node } from '../entities/node.js';
import { InputError } from '../errors.js';
import { isUnset } from '../new-row.js';
import { query, queryOne } from './query.js';

/** What a slice says about its instances. */
export interface SliceDefaults {
  id: number;
  name: string;
  default_image_id: number | null;
  default_flavor_id: number | null;
}

/**
 * Fills in where and what a new instance is, as far as it was left out: deployment, node, image, flavor. Throws
 * InputError with what to set when there is no choice.
 */
export async function place(em: EntityManager, instance: Instance, slice: SliceDefaults): Promise<void> {
  const isOpen = (property: 'deployment' | 'node' | 'image' | 'flavor'): boolean =>
    isUnset(instance, property);
  if (isOpen('deployment'))
    instance.deployment = em.getReference(Deployment, await chooseDeployment(em, instance));
  if (isOpen('node')) instance.node = em.getReference(Node, await chooseNode(em, instance.deployment));
  await checkNode(em, instance);
  if (isOpen('image'))
    instance.image = em.getReference(Image, await chooseImage(em, slice, instance.deployment));
  if (isOpen('flavor')) instance.flavor = em.getReference(Flavor, await chooseFlavor(em, slice));
}

async function chooseDeployment(em: EntityManager, instance: Instance): Promise<number> {
  const deployment = isUnset(instance, 'node')
    ? await queryOne<{ id: number }>(em, 'select id from deployment order by is_default desc, id limit 1')
    : await queryOne<{ id: number }>(em, 'select deployment_id as id from node where id = ?', [
        instance.node.id,
      ]);
  if (deployment === null)
    throw new InputError({ '': ['There is no deployment to run an instance in: add one.'] });
  return deployment.id;
}

/** The node with the fewest instances; among equals the one that is longest known. */
async function chooseNode(em: EntityManager, deployment: Deployment): Promise<number> {
  const [node] = await query<{ id: number }>(
    em,
    `select n.id from node n left join instance i on i.node_id = n.id and i.deleting_since is null
     where n.deployment_id = ? group by n.id order by count(i.id), n.id limit 1`,
    [deployment.id],
  );
  if (node === undefined)
    throw new InputError({ '': ['No suitable node to pick from: add a node to the deployment.'] });
  return node.id;
}

async function checkNode(em: EntityManager, { node, deployment }: Instance): Promise<void> {
  const fits = await queryOne(em, 'select 1 from node where id = ? and deployment_id = ?', [
    node.id,
    deployment.id,
  ]);
  if (fits === null) throw new InputError({ nodeId: ['The node belongs to another deployment.'] });
}

async function chooseImage(em: EntityManager, slice: SliceDefaults, deployment: Deployment): Promise<number> {
  if (slice.default_image_id !== null) return slice.default_image_id;
  const found = await queryOne<{ name: string; image: number | null }>(
    em,
    'select name, default_image_id as image from deployment where id = ?',
    [deployment.id],
  );
  if (found !== null && found.image !== null) return found.image;
  throw new InputError({
    '': [
      `Set a default image: slice ${slice.name} has none, nor has deployment ${found?.name ?? deployment.id}.`,
    ],
  });
}

async function chooseFlavor(em: EntityManager, slice: SliceDefaults): Promise<number> {
  if (slice.default_flavor_id !== null) return slice.default_flavor_id;
  const flavor = await queryOne<{ id: number }>(
    em,
    `select id from flavor order by is_default desc, "order", name limit 1`,
  );
  if (flavor === null) throw new InputError({ '': ['There is no flavor for an instance: add one.'] });
  return flavor.id;
}
