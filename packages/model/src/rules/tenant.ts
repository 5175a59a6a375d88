import type { EntityManager } from '@mikro-orm/postgresql';

import { Instance } from '../entities/instance.js';
import { Service } from '../entities/service.js';
import { Slice } from '../entities/slice.js';
import { TenantWithInstance } from '../entities/tenant-with-instance.js';
import type { Tenant } from '../entities/tenant.js';
import type { Rules } from '../entity-description.js';
import { InputError } from '../errors.js';
import { isUnset } from '../new-row.js';
import { among } from '../policies/define-policy.js';
import { tenantPolicy } from '../policies/tenant.js';
import type { Principal } from '../principal.js';
import { actingUser } from './acting-user.js';
import { checkCreator } from './creator.js';
import { derive } from './derive.js';
import { prepareInstance } from './instance.js';
import { markDeleting } from './mark-deleting.js';
import { markDerived } from './provenance.js';
import { query, queryOne } from './query.js';

/**
 * The rules of every tenant: it has a provider of its kind and a creator; one with an instance gets it here, in the
 * first slice of its service. Its provider never changes: its machine is in a slice of that service.
 */
export const tenantRules: Rules<Tenant> = {
  async creating(em, tenant, who) {
    if (isUnset(tenant, 'provider')) {
      tenant.provider = em.getReference(Service, await firstProvider(em, tenant.kind, who));
    }
    await lockProvider(em, tenant);
    if (isUnset(tenant, 'creator')) tenant.creator = actingUser(em, who, 'creatorId');
    if (!(tenant instanceof TenantWithInstance)) return;
    const slice = em.getReference(Slice, await firstSlice(em, tenant.provider));
    const instance = derive(em, Instance, { slice, creator: tenant.creator });
    tenant.instance = instance;
    await prepareInstance(em, instance, who);
  },

  async updating(em, tenant, who, before) {
    if ('provider' in before) {
      throw new InputError({
        providerId: ['The provider cannot be changed: delete this tenant and add one to the other service.'],
      });
    }
    if ('creator' in before && tenant instanceof TenantWithInstance) await changeCreator(em, tenant, who);
  },

  async deleting(em, tenant) {
    if (!(tenant instanceof TenantWithInstance) || tenant.instance === null) return;
    await markDeleting(em, 'instance', [tenant.instance.id]);
  },

  async impact(em, tenant) {
    if (!(tenant instanceof TenantWithInstance) || tenant.instance === null) return [];
    const instances = await query<{ name: string; addresses: string | null }>(
      em,
      `select i.name, (select string_agg(p.address, ', ' order by p.id) from port p where p.instance_id = i.id) as addresses
       from instance i where i.id = ?`,
      [tenant.instance.id],
    );
    return instances.map(
      ({ name, addresses }) => `Instance ${name}${addresses === null ? '' : ` (${addresses})`}`,
    );
  },
};

/** The first service of the kind in which this user may make tenants. */
async function firstProvider(em: EntityManager, kind: string, who: Principal): Promise<number> {
  const services = await query<{ id: number }>(
    em,
    'select id from service where kind = ? and deleting_since is null order by id',
    [kind],
  );
  const usable = await among(
    em,
    who.kind === 'system' ? 'all' : tenantPolicy.create(who),
    services.map(({ id }) => id),
  );
  const first = services.find(({ id }) => usable.has(id));
  if (first === undefined) {
    throw new InputError({ providerId: [`There is no service of kind ${kind} that you may use.`] });
  }
  return first.id;
}

/** Shared with other tenants, but not with an edit of the service: it may be disabling or deleting it right now. */
async function lockProvider(em: EntityManager, { provider, kind }: Tenant): Promise<void> {
  const service = await queryOne<{ name: string; kind: string; enabled: boolean; deleting: boolean }>(
    em,
    'select name, kind, enabled, deleting_since is not null as deleting from service where id = ? for share',
    [provider.id],
  );
  if (service === null || service.deleting)
    throw new InputError({ providerId: ['The service is being deleted.'] });
  if (service.kind !== kind)
    throw new InputError({ providerId: [`Service ${service.name} is not of kind ${kind}.`] });
  if (service.enabled) return;
  throw new InputError({ providerId: [`Service ${service.name} is disabled: it takes no new tenants.`] });
}

async function firstSlice(em: EntityManager, provider: Service): Promise<number> {
  const slice = await queryOne<{ id: number }>(
    em,
    'select id from slice where service_id = ? and deleting_since is null order by id limit 1',
    [provider.id],
  );
  if (slice === null) throw new InputError({ providerId: ['The service has no slices'] });
  return slice.id;
}

/** The machine's creator follows, because his keys open it. */
async function changeCreator(em: EntityManager, tenant: TenantWithInstance, who: Principal): Promise<void> {
  if (tenant.instance === null) return;
  const found = await queryOne<{ id: number; name: string }>(
    em,
    'select s.id, s.name from slice s join instance i on i.slice_id = s.id where i.id = ?',
    [tenant.instance.id],
  );
  if (found === null) return;
  await checkCreator(em, { creator: tenant.creator, slice: found, who });
  const [instance] = await em.find(Instance, { id: tenant.instance.id });
  if (instance === undefined) return;
  instance.creator = tenant.creator;
  markDerived(instance);
}
