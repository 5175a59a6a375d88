import type { EntityManager } from '@mikro-orm/postgresql';

import { SlicePrivilege } from '../entities/slice-privilege.js';
import type { Slice } from '../entities/slice.js';
import type { Rules } from '../entity-description.js';
import { ConflictError, InputError } from '../errors.js';
import { isUnset } from '../new-row.js';
import { contains } from '../policies/define-policy.js';
import { servicePolicy } from '../policies/service.js';
import type { Principal } from '../principal.js';
import { actingUser } from './acting-user.js';
import { derive } from './derive.js';
import { query, queryOne } from './query.js';
import { addNetworks } from './slice-networks.js';

/** A slice is named after its site, is its creator's to administer, and has a network of each kind. */
export const sliceRules: Rules<Slice> = {
  async creating(em, slice, who) {
    await checkName(em, slice);
    await checkService(em, slice, who);
    if (isUnset(slice, 'creator')) slice.creator = actingUser(em, who, 'creatorId');
    em.persist(slice);
    derive(em, SlicePrivilege, { user: slice.creator, slice, role: 'admin' });
    await addNetworks(em, slice);
  },

  async updating(em, slice, who, before) {
    if ('service' in before) await checkService(em, slice, who);
    if ('creator' in before) await makeAdmin(em, slice);
  },

  deleting: refuseWithInstances,

  async impact(em, slice) {
    await refuseWithInstances(em, slice);
    const networks = await query<{ name: string }>(
      em,
      'select name from network where slice_id = ? order by id',
      [slice.id],
    );
    return networks.map(({ name }) => `Network ${name}`);
  },
};

async function refuseWithInstances(em: EntityManager, slice: Slice): Promise<void> {
  const instances = await query<{ name: string }>(
    em,
    'select name from instance where slice_id = ? and deleting_since is null order by id',
    [slice.id],
  );
  if (instances.length === 0) return;
  throw new ConflictError(
    `cannot delete Slice ${slice.name}: it has instances (${instances.map(({ name }) => name).join(', ')}); ` +
      'delete them, or the tenants they belong to, first',
  );
}

async function checkName(em: EntityManager, { name, site }: Slice): Promise<void> {
  const found = await queryOne<{ login_base: string; enabled: boolean }>(
    em,
    'select login_base, enabled from site where id = ?',
    [site.id],
  );
  if (found === null) throw new InputError({ siteId: ['There is no such site.'] });
  if (!found.enabled) throw new InputError({ siteId: ['The site is disabled: it takes no new slices.'] });
  const prefix = `${found.login_base}_`;
  if (!name.startsWith(prefix)) throw new InputError({ name: [`slice name must begin with ${prefix}`] });
  if (name === prefix) throw new InputError({ name: ['slice name is too short'] });
  // The field's pattern says it too; this holds for rows that no form made.
  if (/\s/.test(name)) throw new InputError({ name: ['slice name must not contain spaces'] });
}

/** Whoever lets a slice work for a service decides where the service's tenants run: only its admins may. */
async function checkService(em: EntityManager, { service }: Slice, who: Principal): Promise<void> {
  if (service === null) return;
  // Locked before the subnets are, in the order of an edit of the service that adds slices: no deadlock with it.
  const usable = await queryOne(
    em,
    'select 1 from service where id = ? and deleting_since is null for share',
    [service.id],
  );
  if (usable === null) throw new InputError({ serviceId: ['The service is being deleted.'] });
  if (who.kind === 'system' || (await contains(em, servicePolicy.change(who, 'update'), service.id))) return;
  throw new InputError({ serviceId: ['Only an admin of the service may let a slice work for it.'] });
}

async function makeAdmin(em: EntityManager, slice: Slice): Promise<void> {
  const existing = await queryOne(
    em,
    `select 1 from slice_privilege where slice_id = ? and user_id = ? and role = 'admin'`,
    [slice.id, slice.creator.id],
  );
  if (existing === null) derive(em, SlicePrivilege, { user: slice.creator, slice, role: 'admin' });
}
