import { afterAll, beforeAll, expect, it } from 'vitest';

import { migrate } from './migrate.js';
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

it('builds exactly the schema that the entities describe', async () => {
  const difference = await installation.orm.schema.getUpdateSchemaSQL({ wrap: false });

  // The entities say nothing of triggers, of the runner's own table, and of the indexes of the worker's sweep.
  const known = /^drop (trigger|function) |^drop table .*"migration"|^drop index "\w+_due"/;
  const lines = difference.split('\n').filter((line) => line.trim() !== '' && !known.test(line));
  expect(lines).toEqual([]);
});

it('applies nothing a second time', async () => {
  expect(await migrate(installation.orm, [pages])).toEqual([]);
});

it('refuses when a file was edited after it had been applied', async () => {
  await installation.sql(`update migration set sha256 = 'other' where owner = 'pages'`);

  await expect(migrate(installation.orm, [pages])).rejects.toThrow('pages/0001_pages.sql was edited');
});

it('has an index for every foreign key', async () => {
  const missing = await installation.sql(
    `select c.conrelid::regclass::text as table, a.attname as column
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and not exists (
       select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`,
  );

  expect(missing).toEqual([]);
});
