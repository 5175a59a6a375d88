import type { EntityManager } from '@mikro-orm/postgresql';

import type { Instance } from '../entities/instance.js';
import { Network } from '../entities/network.js';
import { Port } from '../entities/port.js';
import type { Rules } from '../entity-description.js';
import { ConflictError, InputError } from '../errors.js';
import { isUnset } from '../new-row.js';
import type { Principal } from '../principal.js';
import { actingUser } from './acting-user.js';
import { checkCreator } from './creator.js';
import { derive } from './derive.js';
import { place } from './placement.js';
import type { SliceDefaults } from './placement.js';
import { query, queryOne } from './query.js';
import { firstFreeAddress } from './subnets.js';

/** An instance has a place, a name that its machine is found by, and an address in every network of its slice. */
export const instanceRules: Rules<Instance> = {
  creating: prepareInstance,

  deleting: refuseWithTenant,

  async impact(em, instance) {
    await refuseWithTenant(em, instance);
    const ports = await query<{ address: string }>(
      em,
      'select address from port where instance_id = ? order by id',
      [instance.id],
    );
    return ports.map(({ address }) => `Address ${address}`);
  },
};

async function refuseWithTenant(em: EntityManager, instance: Instance): Promise<void> {
  const tenant = await queryOne<{ id: number; kind: string }>(
    em,
    `select t.id, t.kind from tenant t join tenant_with_instance ti on ti.id = t.id
     where ti.instance_id = ? and t.deleting_since is null limit 1`,
    [instance.id],
  );
  if (tenant === null) return;
  throw new ConflictError(
    `cannot delete Instance ${instance.name}: it belongs to ${tenant.kind}-tenant-${tenant.id}; delete that instead`,
  );
}

/** Completes a new instance; holds the slice's lock until the commit, so that limit and addresses are race-free. */
export async function prepareInstance(em: EntityManager, instance: Instance, who: Principal): Promise<void> {
  const slice = await lockSlice(em, instance.slice.id);
  if (isUnset(instance, 'creator')) instance.creator = actingUser(em, who, 'creatorId');
  await checkCreator(em, { creator: instance.creator, slice, who });
  await place(em, instance, slice);
  instance.id = await nextId(em);
  instance.name = `${slice.name}-${instance.id}`;
  em.persist(instance);
  await addPorts(em, instance);
}

async function lockSlice(em: EntityManager, id: number): Promise<SliceDefaults> {
  const slice = await queryOne<
    SliceDefaults & { enabled: boolean; deleting: boolean; max_instances: number }
  >(
    em,
    `select id, name, enabled, deleting_since is not null as deleting, max_instances, default_image_id, default_flavor_id
     from slice where id = ? for update`,
    [id],
  );
  if (slice === null || slice.deleting) throw new InputError({ sliceId: ['The slice is being deleted.'] });
  if (!slice.enabled)
    throw new InputError({ sliceId: [`Slice ${slice.name} is disabled: it takes no new instances.`] });
  const count = await queryOne<{ count: number }>(
    em,
    'select count(*)::int as count from instance where slice_id = ? and deleting_since is null',
    [id],
  );
  if ((count?.count ?? 0) < slice.max_instances) return slice;
  throw new InputError({
    sliceId: [
      `Slice ${slice.name} has its maximum of ${slice.max_instances} instances: raise it or delete one.`,
    ],
  });
}

/** Taken before the insert, because the name holds it. */
async function nextId(em: EntityManager): Promise<number> {
  const next = await queryOne<{ id: number }>(em, `select nextval('instance_id_seq')::int as id`);
  if (next === null) throw new Error('cannot number an instance: the sequence gave nothing');
  return next.id;
}

/** Holds the networks too: the worker moves one whose subnet is taken on the host, and its addresses with it. */
async function addPorts(em: EntityManager, instance: Instance): Promise<void> {
  const networks = await query<{ id: number; name: string; subnet: string; taken: string[] }>(
    em,
    `select n.id, n.name, n.subnet, array(select p.address from port p where p.network_id = n.id) as taken
     from network n where n.slice_id = ? order by n.role, n.id for share of n`,
    [instance.slice.id],
  );
  for (const { id, name, subnet, taken } of networks) {
    const address = firstFreeAddress(subnet, taken);
    if (address === null) {
      throw new InputError({
        sliceId: [`Network ${name} has no free address: delete an instance or use another slice.`],
      });
    }
    derive(em, Port, { network: em.getReference(Network, id), instance, address });
  }
}
