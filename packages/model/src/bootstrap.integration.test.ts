import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { bootstrap } from './bootstrap.js';
import type { BootstrapConfig } from './bootstrap.js';
import { coreEntities } from './core-entities.js';
import { Flavor } from './entities/flavor.js';
import { User } from './entities/user.js';
import { migrate } from './migrate.js';
import { createOrm } from './orm.js';
import { forPrincipal, SYSTEM } from './principal.js';
import { createTestDatabase } from './testing/database.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';

let installation: TestInstallation;

const CONFIG: BootstrapConfig = {
  adminPasswordHash: 'another hash',
  adminEmail: 'someone@else.org',
  publicKeys: [],
  deploymentSettings: { natSubnet: '10.12.0.0/16', privatePool: '10.1.0.0/16' },
};

const again = () => bootstrap(installation.orm, CONFIG);

const counts = async () =>
  Promise.all(
    coreEntities.map(async ({ name, entity }) => [name, await installation.asSystem().count(entity)]),
  );

beforeAll(async () => {
  installation = await createTestInstallation([]);
});

afterAll(async () => {
  await installation.close();
});

describe('a new installation', () => {
  it('has what the original had', async () => {
    expect(Object.fromEntries(await counts())).toMatchObject({
      Site: 1,
      User: 1,
      Deployment: 1,
      Node: 1,
      Image: 1,
      Flavor: 3,
      NetworkTemplate: 2,
      Slice: 0,
    });
  });

  it("has an admin with the operator's keys", async () => {
    const admin = await installation.asSystem().findOneOrFail(User, { email: 'padmin@vicci.org' });

    expect(admin).toMatchObject({ isAdmin: true, isActive: true, publicKey: 'ssh-ed25519 AAAA padmin' });
  });

  it('has the flavors by their usual sizes', async () => {
    const flavors = await installation.asSystem().find(Flavor, {}, { orderBy: { order: 'asc' } });

    expect(flavors.map(({ name, memoryMib, cpus, isDefault }) => [name, memoryMib, cpus, isDefault])).toEqual(
      [
        ['m1.small', 512, 1, true],
        ['m1.medium', 1024, 1, false],
        ['m1.large', 2048, 2, false],
      ],
    );
  });
});

describe('bootstrapping again', () => {
  it('changes nothing and tells the same installation', async () => {
    const before = await counts();
    const [stored] = await installation.sql<{ uuid: string }>('select uuid from installation');

    const result = await again();

    expect(result).toEqual({ uuid: stored?.uuid, isNew: false });
    expect(await counts()).toEqual(before);
  });

  it('does not bring back what people deleted or renamed', async () => {
    const em = installation.asSystem();
    em.remove(await em.findOneOrFail(Flavor, { name: 'm1.large' }));
    (await em.findOneOrFail(User, { email: 'padmin@vicci.org' })).email = 'boss@vicci.org';
    await em.flush();

    await again();

    expect(await installation.asSystem().count(Flavor)).toBe(2);
    expect(await installation.asSystem().count(User)).toBe(1);
  });
});

it('a new database bootstrapped by several processes at once is bootstrapped once', async () => {
  const database = await createTestDatabase();
  const orm = await createOrm({ databaseUrl: database.url, secretKey: Buffer.alloc(32, 7) }, []);
  await migrate(orm, []);

  const system = forPrincipal(orm, SYSTEM);
  const blocked =
    'select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())';

  // Reads of the table pass, writes wait: all three stand at the place where they would go wrong before one goes on.
  let running: Promise<Awaited<ReturnType<typeof bootstrap>>[]> = Promise.resolve([]);
  await system.transactional(async (em) => {
    await em.execute('lock table installation in share mode');
    running = Promise.all([bootstrap(orm, CONFIG), bootstrap(orm, CONFIG), bootstrap(orm, CONFIG)]);
    await vi.waitFor(async () => expect(await em.execute(blocked)).toHaveLength(3), { timeout: 10_000 });
  });
  const results = await running;
  await orm.close();
  await database.drop();

  expect(results.map(({ isNew }) => isNew).sort()).toEqual([false, false, true]);
  expect(new Set(results.map(({ uuid }) => uuid)).size).toBe(1);
});
