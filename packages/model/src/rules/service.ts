import type { EntityManager } from '@mikro-orm/postgresql';

import type { Service } from '../entities/service.js';
import type { Rules } from '../entity-description.js';
import { ConflictError } from '../errors.js';
import { hint } from '../hints.js';
import { markDeleting } from './mark-deleting.js';
import { query } from './query.js';

/** The rules of every service: disabling it pauses its tenants; it goes only when it has none, and its slices with it. */
export const serviceRules: Rules<Service> = {
  async updating(em, service, _who, before) {
    if ('enabled' in before) await pauseTenants(em, service);
  },

  async deleting(em, service) {
    await refuseWhileInUse(em, service);
    const slices = await slicesOf(em, service);
    await markDeleting(
      em,
      'slice',
      slices.map(({ id }) => id),
    );
  },

  async impact(em, service) {
    await refuseWhileInUse(em, service);
    const slices = await slicesOf(em, service);
    return slices.map(({ name }) => `Slice ${name}`);
  },
};

async function pauseTenants(em: EntityManager, service: Service): Promise<void> {
  const reason = service.enabled ? null : `Service ${service.name} is disabled; enable it to go on`;
  const tenants = await query<{ id: number }>(
    em,
    'update tenant set paused_reason = ? where provider_id = ? and deleting_since is null returning id',
    [reason, service.id],
  );
  for (const { id } of tenants) hint(em, `tenant-${id}`);
}

async function refuseWhileInUse(em: EntityManager, service: Service): Promise<void> {
  await refuseWithTenants(em, service);
  await refuseWithInstances(em, service);
}

async function refuseWithTenants(em: EntityManager, service: Service): Promise<void> {
  const tenants = await query<{ id: number; kind: string }>(
    em,
    'select id, kind from tenant where provider_id = ? and deleting_since is null order by id',
    [service.id],
  );
  if (tenants.length === 0) return;
  const names = tenants.map(({ id, kind }) => `${kind}-tenant-${id}`).join(', ');
  throw new ConflictError(
    `cannot delete Service ${service.name}: it has tenants (${names}); delete them first`,
  );
}

/** Instances without a tenant were made by hand in the service's slices: nobody asked for their end. */
async function refuseWithInstances(em: EntityManager, service: Service): Promise<void> {
  const instances = await query<{ name: string }>(
    em,
    `select i.name from instance i join slice s on s.id = i.slice_id
     where s.service_id = ? and i.deleting_since is null order by i.id`,
    [service.id],
  );
  if (instances.length === 0) return;
  const names = instances.map(({ name }) => name).join(', ');
  throw new ConflictError(
    `cannot delete Service ${service.name}: its slices have instances (${names}); delete them first`,
  );
}

async function slicesOf(em: EntityManager, service: Service): Promise<{ id: number; name: string }[]> {
  return query(em, 'select id, name from slice where service_id = ? and deleting_since is null order by id', [
    service.id,
  ]);
}
