import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

import { bootstrap } from '../bootstrap.js';
import { User } from '../entities/user.js';
import { migrate } from '../migrate.js';
import { createOrm } from '../orm.js';
import type { ServiceModel } from '../orm.js';
import { forPrincipal, SYSTEM } from '../principal.js';
import type { UserPrincipal } from '../principal.js';
import { createTestDatabase } from './database.js';

/** A migrated and bootstrapped installation of one test file. */
export interface TestInstallation {
  orm: MikroORM;
  /** Of its database. */
  url: string;
  /** The bootstrap's admin. */
  admin: UserPrincipal;
  /** A new EntityManager for this user; the admin's without one. */
  as(user?: UserPrincipal): EntityManager;
  asSystem(): EntityManager;
  /** A row of the database past every filter. */
  sql<T extends object>(text: string, params?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** Makes an installation with these services in a database of its own. */
export async function createTestInstallation(services: readonly ServiceModel[]): Promise<TestInstallation> {
  const database = await createTestDatabase();
  const orm = await createOrm(
    { databaseUrl: database.url, secretKey: Buffer.alloc(32, 7), poolMax: 20 },
    services,
  );
  await migrate(orm, services);
  await bootstrap(orm, {
    adminPasswordHash: 'not a hash',
    adminEmail: 'padmin@vicci.org',
    publicKeys: ['ssh-ed25519 AAAA padmin'],
    deploymentSettings: { natSubnet: '10.11.0.0/16', privatePool: '10.0.0.0/16' },
  });
  const { id } = await forPrincipal(orm, SYSTEM).findOneOrFail(User, { email: 'padmin@vicci.org' });
  const admin: UserPrincipal = { kind: 'user', userId: id, isAdmin: true, isReadonly: false };
  return {
    orm,
    url: database.url,
    admin,
    as: (user = admin) => forPrincipal(orm, user),
    asSystem: () => forPrincipal(orm, SYSTEM),
    sql: (text, params = []) => forPrincipal(orm, SYSTEM).execute(text, [...params]),
    async close() {
      await orm.close();
      await database.drop();
    },
  };
}
