import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../scripts/postgres.ts';
import { stopOrphan } from '../scripts/postgres/orphan.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The one PostgreSQL of this test run; its user may create databases. */
    postgresUrl: string;
  }
}

const prefix = 'tenon-vitest-';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A run that was killed leaves its server behind; the next run ends it and removes its data. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^tenon-vitest-(\d+)-/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    await stopOrphan(join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts one PostgreSQL for all integration tests; returns what stops it and removes its data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${String(process.pid)}-`));
  await chmod(folder, 0o755); // root runs PostgreSQL as another account, which has to enter
  const postgres = await startPostgres({
    dataDir: join(folder, 'data'),
    log: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
