import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeFor, type Compose } from './compose/command.ts';
import { inheritedEnvironment, readConfig } from './config.ts';
import { untilServed } from './installation/api-client.ts';
import { build } from './installation/build.ts';
import { readFacts } from './installation/facts.ts';
import { homeAt } from './installation/home.ts';
import { listRemains, removeRemains } from './installation/remains.ts';
import { messageOf, say, step } from './progress.ts';
import { freePort } from './system/free-port.ts';
import { listenForStop } from './system/stop-signal.ts';
import { provideTestEngine } from './test/test-engine.ts';
import { walk } from './tutorial/walk.ts';

const project = 'tenon-test-compose';

interface Team {
  url: string;
  databaseUrl: string;
  password: string;
  /** The environment that docker-compose.yml asks for. */
  env: Record<string, string>;
}

async function makeTeam(socket: string): Promise<Team> {
  const secret = () => randomBytes(24).toString('hex');
  const [port, databasePort, redisPort] = [await freePort(), await freePort(), await freePort()];
  const [password, databasePassword] = [secret(), secret()];
  return {
    url: `http://localhost:${port}`,
    databaseUrl: `postgres://tenon:${databasePassword}@127.0.0.1:${databasePort}/tenon`,
    password,
    env: {
      ...inheritedEnvironment(),
      DOCKER_HOST: `unix://${socket}`,
      TENON_PORT: String(port),
      TENON_DATABASE_PORT: String(databasePort),
      TENON_REDIS_PORT: String(redisPort),
      TENON_DATABASE_PASSWORD: databasePassword,
      TENON_REDIS_PASSWORD: secret(),
      TENON_SECRET_KEY: randomBytes(32).toString('hex'),
      TENON_ADMIN_PASSWORD: password,
      TENON_ENGINE_SOCKET: socket,
      TENON_ENGINE_GID: String((await stat(socket)).gid),
    },
  };
}

/** Removes what the team's installation put into the engine, which outlives its containers. */
async function removeInstances(team: Team, socket: string): Promise<void> {
  const facts = await readFacts(team.databaseUrl).catch(() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'tenon-compose-'));
  const wish = { engineSocket: socket };
  await removeRemains(await listRemains(facts?.uuid, homeAt(folder), wish), homeAt(folder), wish);
  await rm(folder, { recursive: true });
}

async function walkTeam(compose: Compose, team: Team): Promise<boolean> {
  await compose.run('down', '--volumes'); // what a killed run left behind
  await step('Building the image', () => compose.run('build'));
  await step('Starting postgres, redis, api and worker', async () => {
    await compose.run('up', '-d');
    await untilServed(`${team.url}/readyz`, 180_000);
  });
  await untilServed(`${team.url}/`, 10_000);
  return walk({ url: team.url, password: team.password, suffix: '', keep: false });
}

async function tryTeam(compose: Compose, team: Team, socket: string): Promise<boolean> {
  const stop = listenForStop();
  try {
    return await Promise.race([walkTeam(compose, team), stop.asked.then(() => false)]);
  } catch (error) {
    await compose.run('logs', '--tail=40').catch(() => undefined);
    throw error;
  } finally {
    await compose.run('stop', 'worker').catch(() => undefined);
    await removeInstances(team, socket);
    await compose.run('down', '--volumes');
  }
}

async function main(): Promise<boolean> {
  const config = readConfig();
  await build();
  const engine = await provideTestEngine(config.testEngineSocket ?? config.engineSocket);
  try {
    if (engine.socket === undefined)
      throw new Error('cannot try docker compose: there is no container engine');
    const team = await makeTeam(engine.socket);
    const compose = await composeFor(project, team.env, config.mayInstall);
    return await tryTeam(compose, team, engine.socket);
  } finally {
    await engine.stop();
  }
}

try {
  const good = await main();
  say(good ? 'docker compose: passed.' : 'docker compose: failed.');
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
