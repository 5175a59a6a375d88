import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { say, step } from '../progress.ts';
import { startPostgres } from '../postgres.ts';
import { freePort, isPortFree } from '../system/free-port.ts';
import { portHolder } from '../system/port-holder.ts';
import { childRecord, stopLeftoverChildren, type ChildRecord } from './children.ts';
import { readFacts } from './facts.ts';
import { makeHome, type Home } from './home.ts';
import { lockHome } from './lock.ts';
import { origins } from './origins.ts';
import { runProgram, startProgram } from './program.ts';
import { readOrMakeSecret } from './secret-file.ts';
import { supervise, type Supervised } from './supervise.ts';

export interface InstallationOptions {
  home: Home;
  port: number;
  /** The address to listen on. @default loopback; allowed only after the first password was changed */
  host?: string | undefined;
  /** The administrator's password at the very first start. @default the well-known one */
  adminPassword?: string | undefined;
  /** Its *.pub files become the administrator's keys. */
  publicKeysDir: string;
  /** The engine's socket for the worker, which need not exist yet; undefined: the worker looks for one itself. */
  engineSocket?: string | undefined;
  /** The folder of the playbooks. @default `playbooks` in the clone */
  playbooks?: string | undefined;
  /** false: nothing is made on any engine. @default true */
  withWorker?: boolean;
  /** Ends the start early. */
  signal?: AbortSignal;
}

/** A running installation: PostgreSQL, api and worker, each started again when it dies. */
export interface Installation {
  home: Home;
  /** http://localhost:<port> */
  url: string;
  databaseUrl: string;
  /** Stops api and worker, then PostgreSQL; machines and the engine go on. */
  stop(): Promise<void>;
}

async function refuseTakenPort(port: number): Promise<void> {
  if (await isPortFree(port)) return;
  const holder = await portHolder(port);
  throw new Error(
    `cannot listen on port ${port}: ${holder} does; stop it, or choose another port: TENON_PORT=${port + 1} npm start`,
  );
}

/** Whoever reaches the port with a password that is printed in the manual owns every machine: so not before it is changed. */
async function refuseWellKnownPassword(host: string, databaseUrl: string): Promise<void> {
  if ((await readFacts(databaseUrl))?.hasDefaultPassword !== true) return;
  throw new Error(
    `cannot listen on ${host}: padmin@vicci.org still has the password that everybody knows; ` +
      'change it with: npm run password   and start again',
  );
}

async function supervisePostgres(home: Home): Promise<{ supervised: Supervised; url: string }> {
  const password = await readOrMakeSecret(home.databasePassword);
  // The same port after a crash: api and worker know it by its URL.
  const port = await freePort();
  const logFile = join(home.logs, 'postgres.log');
  let url = '';
  const supervised = await supervise({
    name: 'PostgreSQL',
    logFile,
    start: async () => {
      const server = await startPostgres({ dataDir: home.database, port, password, log: say, logFile });
      url = server.url;
      return { exited: server.exited.then(() => 'its process is gone'), stop: () => server.stop() };
    },
  });
  return { supervised, url };
}

/** What every program of ours is told. */
function commonEnvironment(options: InstallationOptions, databaseUrl: string): Record<string, string> {
  return {
    ...inheritedEnvironment(),
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    TENON_HOME: options.home.path,
    TENON_PORT: String(options.port),
    TENON_EMBEDDED: '1',
    TENON_SECRET_KEY_FILE: options.home.secretKey,
    TENON_PLAYBOOKS: options.playbooks ?? join(root, 'playbooks'),
    TENON_PUBLIC_KEYS_DIR: options.publicKeysDir,
  };
}

interface ProgramPlan {
  name: 'api' | 'worker';
  env: Record<string, string>;
}

function superviseProgram(
  { name, env }: ProgramPlan,
  { home, signal }: InstallationOptions,
  record: ChildRecord,
): Promise<Supervised> {
  const logFile = join(home.logs, `${name}.log`);
  const script = `apps/${name}/dist/main.js`;
  const onSpawn = (pid: number) => record.add(name, pid);
  return supervise({ name, logFile, start: () => startProgram({ script, env, logFile, signal, onSpawn }) });
}

async function startPrograms(
  options: InstallationOptions,
  databaseUrl: string,
): Promise<{ api: Supervised; worker: Supervised | undefined }> {
  const { home, host, port } = options;
  const common = commonEnvironment(options, databaseUrl);
  const apiEnvironment: Record<string, string> = {
    ...common,
    TENON_ORIGINS: origins(host, port),
    ...(host === undefined ? {} : { TENON_HOST: host }),
  };
  delete apiEnvironment['DOCKER_HOST']; // only the worker holds the engine
  const workerEnvironment =
    options.engineSocket === undefined ? common : { ...common, TENON_ENGINE_SOCKET: options.engineSocket };
  const plans: ProgramPlan[] = [{ name: 'api', env: apiEnvironment }];
  if (options.withWorker !== false) plans.push({ name: 'worker', env: workerEnvironment });
  const record = childRecord(home);
  const results = await Promise.allSettled(plans.map((plan) => superviseProgram(plan, options, record)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    for (const result of results) if (result.status === 'fulfilled') await result.value.stop();
    throw failed.reason;
  }
  const [api, worker] = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
  if (!api) throw new Error('cannot start the api');
  return { api, worker };
}

/**
 * Starts an installation that was built before: database, migrations and first rows, api, worker.
 * Ends first what a killed run left behind. Stops everything again when a part does not start, and throws the reason.
 * Throws InstallationIsRunning when another process runs it.
 */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { home, port, signal } = options;
  await makeHome(home);
  const lock = await lockHome(home, 'start');
  const undo: (() => Promise<void>)[] = [() => lock.release()];
  const stop = async () => {
    for (const action of undo.splice(0).reverse()) await action();
  };
  try {
    const leftovers = await stopLeftoverChildren(home);
    if (leftovers > 0) say(`Stopped ${leftovers} processes that an earlier run left behind`);
    await refuseTakenPort(port);
    await readOrMakeSecret(home.secretKey);
    const postgres = await step('Starting PostgreSQL', () => supervisePostgres(home));
    undo.push(() => postgres.supervised.stop());
    signal?.throwIfAborted();
    const migrateEnvironment = commonEnvironment(options, postgres.url);
    if (options.adminPassword !== undefined)
      migrateEnvironment['TENON_ADMIN_PASSWORD'] = options.adminPassword;
    const migration = {
      script: 'apps/api/dist/migrate.js',
      env: migrateEnvironment,
      logFile: join(home.logs, 'migrate.log'),
    };
    await step('Preparing the database', () => runProgram(migration));
    signal?.throwIfAborted();
    if (options.host !== undefined) await refuseWellKnownPassword(options.host, postgres.url);
    const { api, worker } = await step('Starting api and worker', () => startPrograms(options, postgres.url));
    undo.push(async () => {
      await Promise.all([api.stop(), worker?.stop()]);
    });
    const url = `http://localhost:${port}`;
    await lock.note(url);
    return { home, url, databaseUrl: postgres.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
