import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startPostgres, type RunningPostgres } from './postgres.ts';
import { outsideFolder } from './system/enterable.ts';

let folder: string;
let lines: string[];
const running: RunningPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-postgres-test-'));
  await chmod(folder, 0o755);
  lines = [];
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(dataDir = join(folder, 'data'), port?: number): Promise<RunningPostgres> {
  const server = await startPostgres({
    dataDir,
    ...(port === undefined ? {} : { port }),
    password: 'a secret / with # signs',
    log: (line) => lines.push(line),
  });
  running.push(server);
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

it('keeps the data over a clean stop', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 42 as answer');
  await first.stop();

  const second = await start();

  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('ends the server that a killed run left behind, and keeps what it had committed', async () => {
  const orphan = await start();
  await query(orphan.url, 'create table kept as select 42 as answer');

  const second = await start();

  await orphan.exited;
  expect(lines).toContain('PostgreSQL: stopped the server that an earlier run left behind');
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('recovers when the server itself was killed', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 42 as answer');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const second = await start(undefined, first.port);

  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('refuses a wrong password', async () => {
  const server = await start();

  await expect(query(server.url.replace('secret', 'guess'), 'select 1')).rejects.toThrow(
    'password authentication failed',
  );
});

it('says so when the port is taken', async () => {
  const first = await start();

  await expect(start(join(folder, 'other'), first.port)).rejects.toThrow(
    `port ${first.port}: another program listens there`,
  );
});

it.runIf(process.getuid?.() === 0)(
  'lives outside a folder that the account postgres cannot enter',
  async () => {
    const closed = join(folder, 'closed', 'data');
    await chmod(folder, 0o700);

    const server = await start(closed);
    const outside = await outsideFolder(closed);

    expect(await query(server.url, 'show data_directory')).toEqual([
      { data_directory: join(outside, 'data') },
    ]);
    await expect(stat(closed)).rejects.toThrow('ENOENT');
    await server.stop();
    await rm(outside, { recursive: true });
  },
);
