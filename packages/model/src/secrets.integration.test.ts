import { afterAll, beforeAll, expect, it } from 'vitest';

import { Service } from './entities/service.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { pages } from './testing/pages/pages.js';
import { World } from './testing/world.js';

let installation: TestInstallation;
let id: number;

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  ({ id } = await new World(installation).service('Pages'));
  const em = installation.asSystem();
  const service = await em.findOneOrFail(Service, { id });
  service.privateKey = 'top secret';
  await em.flush();
});

afterAll(async () => {
  await installation.close();
});

it('the database holds a private key encrypted only', async () => {
  const [row] = await installation.sql<{ private_key: string }>(
    'select private_key from service where id = ?',
    [id],
  );

  expect(row?.private_key).toMatch(/^v1:/);
  expect(row?.private_key).not.toContain('top secret');
});

it('memory holds it plain', async () => {
  expect((await installation.asSystem().findOneOrFail(Service, { id })).privateKey).toBe('top secret');
});

it('is not written again by a flush that changes something else', async () => {
  const stored = () => installation.sql('select private_key from service where id = ?', [id]);
  const before = await stored();
  const em = installation.asSystem();
  const service = await em.findOneOrFail(Service, { id });
  service.lastError = 'something else';
  await em.flush();

  expect(await stored()).toEqual(before);
});
