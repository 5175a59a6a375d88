import { randomUUID } from 'node:crypto';

import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

import { Deployment } from './entities/deployment.js';
import type { DeploymentSettings } from './entities/deployment.js';
import { Flavor } from './entities/flavor.js';
import { Image } from './entities/image.js';
import { Installation } from './entities/installation.js';
import { NetworkTemplate } from './entities/network-template.js';
import { Node } from './entities/node.js';
import { Site } from './entities/site.js';
import { User } from './entities/user.js';
import { newRow } from './new-row.js';
import { forPrincipal, SYSTEM } from './principal.js';

/** What differs from one new installation to the next. */
export interface BootstrapConfig {
  /** Argon2id, text form. */
  adminPasswordHash: string;
  /** Default of the original: padmin@vicci.org. */
  adminEmail: string;
  /** The password is the well-known one, so people are told to change it. Default: false. */
  mustChangePassword?: boolean;
  /** Authorized keys of the admin, one line each. */
  publicKeys: readonly string[];
  deploymentSettings: DeploymentSettings;
}

const FLAVORS = [
  { name: 'm1.small', memoryMib: 512, cpus: 1, isDefault: true, order: 1 },
  { name: 'm1.medium', memoryMib: 1024, cpus: 1, order: 2 },
  { name: 'm1.large', memoryMib: 2048, cpus: 2, order: 3 },
];

const TEMPLATES = [
  {
    name: 'nat',
    role: 'nat',
    description: 'Reachable from the operator; the machines reach out through NAT',
  },
  { name: 'private', role: 'private', description: 'Between the machines of one slice' },
] as const;

/**
 * Fills a new database with what the original's bootstrap made: one admin, site, deployment, node, image, flavors and
 * network templates. The installation's row says that it is done: what people change or delete afterwards stays as they
 * left it. Returns the installation's UUID.
 */
export async function bootstrap(
  orm: MikroORM,
  config: BootstrapConfig,
): Promise<{ uuid: string; isNew: boolean }> {
  return forPrincipal(orm, SYSTEM).transactional(async (em) => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('tenon bootstrap'))`);
    const existing = await em.findOne(Installation, { id: 1 });
    if (existing !== null) return { uuid: existing.uuid, isNew: false };
    const installation = em.create(Installation, { id: 1, uuid: randomUUID() });
    addSite(em, config);
    for (const flavor of FLAVORS) em.persist(newRow(Flavor, flavor));
    for (const template of TEMPLATES) em.persist(newRow(NetworkTemplate, template));
    return { uuid: installation.uuid, isNew: true };
  });
}

function addSite(em: EntityManager, config: BootstrapConfig): void {
  const site = newRow(Site, { name: 'mysite', loginBase: 'mysite', abbreviatedName: 'mysite' });
  const image = newRow(Image, { name: 'debian-12' });
  const deployment = newRow(Deployment, {
    name: 'MyDeployment',
    driver: 'docker',
    isDefault: true,
    defaultImage: image,
    settings: config.deploymentSettings,
  });
  const admin = newRow(User, {
    email: config.adminEmail,
    firstname: 'PAdmin',
    lastname: 'VICCI',
    site,
    isAdmin: true,
    publicKey: config.publicKeys.length === 0 ? null : config.publicKeys.join('\n'),
    passwordHash: config.adminPasswordHash,
    mustChangePassword: config.mustChangePassword ?? false,
  });
  em.persist([site, image, deployment, admin, newRow(Node, { name: 'node1', site, deployment })]);
}
