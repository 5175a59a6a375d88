import { afterAll, beforeAll, expect, it } from 'vitest';

import { coreEntities } from '../core-entities.js';
import { Deployment } from '../entities/deployment.js';
import type { EntityDescription } from '../entity-description.js';
import { fill } from '../testing/fill.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import { World } from '../testing/world.js';
import { updateRow } from '../write.js';

let installation: TestInstallation;
let world: World;

const descriptionOf = (name: string): EntityDescription => {
  const description = coreEntities.find((candidate) => candidate.name === name);
  if (description === undefined) throw new Error(`no ${name}`);
  return description;
};

const defaults = (table: string) =>
  installation.sql<{ name: string }>(`select name from ${table} where is_default`);

beforeAll(async () => {
  installation = await createTestInstallation([]);
  world = new World(installation);
});

afterAll(async () => {
  await installation.close();
});

it('a new default takes the mark from the old one', async () => {
  await world.add(descriptionOf('Flavor'), { name: 'm1.tiny', memoryMib: 128, cpus: 1, isDefault: true });

  expect(await defaults('flavor')).toEqual([{ name: 'm1.tiny' }]);
});

it('so does one that becomes the default later', async () => {
  const [large] = await installation.sql<{ id: number }>(`select id from flavor where name = 'm1.large'`);

  await updateRow(installation.as(), descriptionOf('Flavor'), {
    id: large?.id ?? 0,
    fill: fill({ isDefault: true }),
  });

  expect(await defaults('flavor')).toEqual([{ name: 'm1.large' }]);
});

it('a new deployment has the networks of the installation', async () => {
  await world.add(descriptionOf('Deployment'), { name: 'Second', driver: 'docker', isDefault: true });

  const second = await installation.asSystem().findOneOrFail(Deployment, { name: 'Second' });
  expect(second.settings).toEqual({ natSubnet: '10.11.0.0/16', privatePool: '10.0.0.0/16' });
  expect(await defaults('deployment')).toEqual([{ name: 'Second' }]);
});
