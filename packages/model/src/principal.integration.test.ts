import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Session } from './entities/session.js';
import { Site } from './entities/site.js';
import { Slice } from './entities/slice.js';
import { UnauthenticatedError } from './errors.js';
import { newRow } from './new-row.js';
import { forPrincipal, principalOf } from './principal.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { pages } from './testing/pages/pages.js';

let installation: TestInstallation;

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
});

afterAll(async () => {
  await installation.close();
});

describe('without a principal', () => {
  const fork = () => installation.orm.em.fork();

  it.each([
    ['find', () => fork().find(Site, {})],
    ['findOne', () => fork().findOne(Site, { id: 1 })],
    ['count', () => fork().count(Site)],
    ['findAndCount', () => fork().findAndCount(Site, {})],
    [
      'a flush',
      () =>
        fork()
          .persist(newRow(Site, { name: 'x', loginBase: 'x' }))
          .flush(),
    ],
    ['nativeUpdate', () => fork().nativeUpdate(Site, { id: 1 }, { name: 'x' })],
    ['nativeDelete', () => fork().nativeDelete(Site, { id: 1 })],
    ['a query builder that applies filters', () => fork().createQueryBuilder(Site).applyFilters()],
  ])('%s throws UnauthenticatedError', async (_what, work) => {
    await expect(Promise.resolve().then<unknown>(work)).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it('a principal that was damaged counts as none', () => {
    const em = fork();
    em.setFilterParams('visible', { principal: { kind: 'user', userId: Number.NaN } });

    expect(() => principalOf(em)).toThrow(UnauthenticatedError);
  });
});

it('is carried into a transaction', async () => {
  const em = forPrincipal(installation.orm, installation.admin);

  const inside = await em.transactional((tx) => Promise.resolve(principalOf(tx)));

  expect(inside).toEqual(installation.admin);
});

it('applies to plain rows through applyFilters', async () => {
  const nobody = { kind: 'user', userId: 0, isAdmin: false, isReadonly: false } as const;
  const qb = forPrincipal(installation.orm, nobody).createQueryBuilder(Slice);
  await qb.applyFilters();

  expect(qb.getFormattedQuery()).toContain('slice_privilege');
});

it('nobody sees sessions, an admin neither', async () => {
  const system = installation.asSystem();
  const session = newRow(Session, {
    tokenHash: 'a'.repeat(64),
    // A reference is given by its id, which its type does not say.
    user: (await system.execute<{ id: number }[]>('select id from user_account'))[0]?.id as never,
    lastSeenAt: new Date(),
    expiresAt: new Date(),
  });
  await system.persist(session).flush();

  expect(await installation.as().count(Session)).toBe(0);
});
