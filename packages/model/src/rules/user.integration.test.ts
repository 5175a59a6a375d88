import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { userDescription } from '../core-entities.js';
import { Session } from '../entities/session.js';
import type { Site } from '../entities/site.js';
import { User } from '../entities/user.js';
import { ConflictError } from '../errors.js';
import { newRow } from '../new-row.js';
import { fill } from '../testing/fill.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import { refusalOf } from '../testing/refusal.js';
import { World } from '../testing/world.js';
import { deleteRow, updateRow } from '../write.js';

let installation: TestInstallation;
let world: World;
let site: Site;

beforeAll(async () => {
  installation = await createTestInstallation([]);
  world = new World(installation);
  site = await world.site('lab');
});

afterAll(async () => {
  await installation.close();
});

const edit = (id: number, values: Record<string, unknown>) =>
  updateRow(installation.as(), userDescription, { id, fill: fill(values) });

/** Resolves for everybody once that many have come: the transactions go on at the same moment. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count;
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      missing -= 1;
      waiting.push(resolve);
      if (missing === 0) for (const goOn of waiting) goOn();
    });
}

describe('the last admin who can sign in', () => {
  it.each([{ isAdmin: false }, { isActive: false }, { isReadonly: true }])(
    'is not made %j',
    async (values) => {
      expect(await refusalOf(edit(installation.admin.userId, values))).toBeInstanceOf(ConflictError);
    },
  );

  it('is not deleted', async () => {
    const refused = await refusalOf(deleteRow(installation.as(), userDescription, installation.admin.userId));

    expect(refused).toMatchObject({ message: expect.stringContaining('make another admin first') as string });
  });

  it('is never lost to two admins who remove each other at once', async () => {
    const first = await world.addUser('first', { site: site.id, isAdmin: true });
    const second = await world.addUser('second', { site: site.id, isAdmin: true });
    await edit(installation.admin.userId, { isAdmin: false });
    const meet = meetingOf(2);
    const as = (user: typeof first, id: number) =>
      updateRow(installation.as(user), userDescription, {
        id,
        fill: async (row) => {
          row.isAdmin = false;
          await meet();
        },
      });

    const results = await Promise.allSettled([as(first, second.userId), as(second, first.userId)]);

    const refusals = results.filter((result) => result.status === 'rejected');
    expect(refusals.map(({ reason }) => reason as unknown)).toEqual([expect.any(ConflictError)]);
    await installation.sql('update user_account set is_admin = true where id = ?', [
      installation.admin.userId,
    ]);
  });
});

it('who is deactivated is signed out', async () => {
  const leaving = await world.addUser('leaving', { site: site.id });
  const em = installation.asSystem();
  const user = em.getReference(User, leaving.userId);
  const expiresAt = new Date();
  await em.persist(newRow(Session, { tokenHash: 'x', user, lastSeenAt: expiresAt, expiresAt })).flush();

  await edit(leaving.userId, { isActive: false });

  expect(await installation.asSystem().count(Session, { user: leaving.userId })).toBe(0);
});
