import { afterAll, beforeAll, expect, it } from 'vitest';

import { createOrm } from './orm.js';
import { forPrincipal, SYSTEM } from './principal.js';
import { createTestDatabase, type TestDatabase } from './testing/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('a pool of one survives connections that die in a transaction, and can be closed afterwards', async () => {
  const orm = await createOrm({ databaseUrl: database.url, secretKey: Buffer.alloc(32), poolMax: 1 }, []);
  const dieInside = () =>
    forPrincipal(orm, SYSTEM).transactional((em) =>
      em.execute('select pg_terminate_backend(pg_backend_pid())'),
    );

  await expect(dieInside()).rejects.toThrow(/terminat/);
  await expect(dieInside()).rejects.toThrow(/terminat/);

  expect(await forPrincipal(orm, SYSTEM).execute('select 1 as one')).toEqual([{ one: 1 }]);
  await orm.close();
});
