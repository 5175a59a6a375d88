import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bootstrap } from './bootstrap.js';
import { coreEntities } from './core-entities.js';
import { Flavor } from './entities/flavor.js';
import { User } from './entities/user.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';

let installation: TestInstallation;

const again = () =>
  bootstrap(installation.orm, {
    adminPasswordHash: 'another hash',
    adminEmail: 'someone@else.org',
    publicKeys: [],
    deploymentSettings: { natSubnet: '10.12.0.0/16', privatePool: '10.1.0.0/16' },
  });

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

  it('by two processes at once is done once', async () => {
    const results = await Promise.all([again(), again(), again()]);

    expect(new Set(results.map(({ uuid }) => uuid)).size).toBe(1);
  });
});
