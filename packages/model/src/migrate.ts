import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

import type { ServiceModel } from './orm.js';
import { forPrincipal, SYSTEM } from './principal.js';

// Beside src and dist, so that the built file finds it as the source does; tsc copies no SQL.
const CORE_MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** One numbered file of SQL. */
interface Migration {
  owner: string;
  name: string;
  sql: string;
  sha256: string;
}

/**
 * Brings the database up to date: the core's migrations by name, then each service's in the order of the list. All in
 * one transaction under an advisory lock, so that two processes starting at once do it once, and a failure changes
 * nothing. Returns what was applied, e.g. `core/0001_core.sql`. Throws when an applied file was edited afterwards.
 */
export async function migrate(orm: MikroORM, services: readonly ServiceModel[]): Promise<string[]> {
  const wanted = await readAll(services);
  return forPrincipal(orm, SYSTEM).transactional(async (em) => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('tenon migrations'))`);
    await em.execute(
      `create table if not exists migration (owner text, name text, sha256 text not null,
         applied_at timestamptz not null default now(), primary key (owner, name))`,
    );
    const applied = await readApplied(em);
    const missing = wanted.filter((migration) => !isApplied(migration, applied));
    for (const migration of missing) await apply(em, migration);
    return missing.map(({ owner, name }) => `${owner}/${name}`);
  });
}

async function readAll(services: readonly ServiceModel[]): Promise<Migration[]> {
  const owners = [{ name: 'core', migrationsPath: CORE_MIGRATIONS }, ...services];
  const read = await Promise.all(owners.map(({ name, migrationsPath }) => readFolder(name, migrationsPath)));
  return read.flat();
}

async function readFolder(owner: string, folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { owner, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readApplied(em: EntityManager): Promise<ReadonlyMap<string, string>> {
  const rows = await em.execute<{ owner: string; name: string; sha256: string }[]>(
    'select owner, name, sha256 from migration',
  );
  return new Map(rows.map(({ owner, name, sha256 }) => [`${owner}/${name}`, sha256]));
}

function isApplied({ owner, name, sha256 }: Migration, applied: ReadonlyMap<string, string>): boolean {
  const known = applied.get(`${owner}/${name}`);
  if (known === undefined || known === sha256) return known !== undefined;
  throw new Error(
    `cannot migrate the database: ${owner}/${name} was edited after it had been applied; ` +
      'restore the file and put the change into a new one',
  );
}

async function apply(em: EntityManager, { owner, name, sql, sha256 }: Migration): Promise<void> {
  try {
    await em.execute(sql);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot apply migration ${owner}/${name}: ${why}`, { cause });
  }
  await em.execute('insert into migration (owner, name, sha256) values (?, ?, ?)', [owner, name, sha256]);
}
