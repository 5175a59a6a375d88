import type { EntityManager } from '@mikro-orm/postgresql';

import type { DeploymentSettings } from '../entities/deployment.js';
import { NetworkTemplate } from '../entities/network-template.js';
import { Network } from '../entities/network.js';
import type { Slice } from '../entities/slice.js';
import { ConflictError } from '../errors.js';
import { derive } from './derive.js';
import { query, queryOne } from './query.js';
import { firstFreeSubnet } from './subnets.js';

const ROLES = ['nat', 'private'] as const;

/** Adds the slice's two networks, each with a /24 that no other network of the installation has. */
export async function addNetworks(em: EntityManager, slice: Slice): Promise<void> {
  const settings = await defaultSettings(em);
  // One allocation at a time, until the commit: two slices made at once must not be given the same subnet.
  await query(em, `select pg_advisory_xact_lock(hashtext('tenon network subnets'))`);
  const taken = await query<{ subnet: string }>(em, 'select subnet from network');
  for (const role of ROLES) {
    const pool = role === 'nat' ? settings.natSubnet : settings.privatePool;
    const subnet = firstFreeSubnet(
      pool,
      taken.map((network) => network.subnet),
    );
    if (subnet === null) {
      throw new ConflictError(
        `cannot add a ${role} network: every /24 of ${pool} is taken; delete a slice first`,
      );
    }
    const template = em.getReference(NetworkTemplate, await templateFor(em, role));
    derive(em, Network, { name: `${slice.name}-${role}`, slice, template, role, subnet });
  }
}

async function defaultSettings(em: EntityManager): Promise<DeploymentSettings> {
  const deployment = await queryOne<{ settings: DeploymentSettings }>(
    em,
    'select settings from deployment order by is_default desc, id limit 1',
  );
  if (deployment === null)
    throw new ConflictError('cannot add networks: there is no deployment; add one first');
  return deployment.settings;
}

async function templateFor(em: EntityManager, role: (typeof ROLES)[number]): Promise<number> {
  const template = await queryOne<{ id: number }>(
    em,
    'select id from network_template where role = ? order by id limit 1',
    [role],
  );
  if (template === null) {
    throw new ConflictError(
      `cannot add a ${role} network: there is no network template with that role; add one first`,
    );
  }
  return template.id;
}
