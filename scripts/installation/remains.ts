import { join } from 'node:path';
import type { ComputeDriver } from '@tenon/compute/driver';
import { locateEngine, type EngineWish } from '../engine/locate.ts';
import { plannedSocket } from '../engine/provide.ts';
import { messageOf } from '../progress.ts';
import { startPostgres } from '../postgres.ts';
import { readFacts } from './facts.ts';
import type { Home } from './home.ts';
import { readOrMakeSecret } from './secret-file.ts';

/** What an installation has outside its own folder. */
export interface Remains {
  /** The installation's UUID; undefined when its database was never made or does not come up. */
  uuid: string | undefined;
  machines: string[];
  networks: string[];
  /** Why the engine could not be asked. */
  unknown?: string;
}

/** The UUID out of a database that does not run: it is started for the question. */
export async function readUuidOf(home: Home): Promise<string | undefined> {
  const password = await readOrMakeSecret(home.databasePassword);
  const server = await startPostgres({
    dataDir: home.database,
    password,
    log: () => undefined,
    logFile: join(home.logs, 'postgres.log'),
  });
  try {
    return (await readFacts(server.url))?.uuid;
  } finally {
    await server.stop();
  }
}

async function driverOf(uuid: string, home: Home, wish: EngineWish): Promise<ComputeDriver | undefined> {
  const engine = await locateEngine({ ...wish, engineSocket: plannedSocket(wish) });
  if (!engine) return undefined;
  const { createDockerDriver } = await import('@tenon/compute/docker/docker-driver');
  return createDockerDriver({ installation: uuid, engine, imageCacheDir: join(home.path, 'images') });
}

/** Lists what an installation has on the engine; looks at nothing that has not its UUID. */
export async function listRemains(uuid: string | undefined, home: Home, wish: EngineWish): Promise<Remains> {
  if (uuid === undefined) return { uuid, machines: [], networks: [] };
  try {
    const driver = await driverOf(uuid, home, wish);
    if (!driver) return { uuid, machines: [], networks: [], unknown: 'no container engine answers' };
    const [machines, networks] = [await driver.list(), await driver.listNetworks()];
    return {
      uuid,
      machines: machines.map((machine) => machine.name),
      networks: networks.map((network) => network.key),
    };
  } catch (error) {
    return { uuid, machines: [], networks: [], unknown: messageOf(error) };
  }
}

/** Removes machines and then networks of an installation. */
export async function removeRemains(remains: Remains, home: Home, wish: EngineWish): Promise<void> {
  if (remains.uuid === undefined) return;
  const driver = await driverOf(remains.uuid, home, wish);
  for (const name of remains.machines) await driver?.delete(name);
  for (const key of remains.networks) await driver?.deleteNetwork(key);
}
