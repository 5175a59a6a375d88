import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { plannedSocket, provideEngine, type ProvideOptions } from '../engine/provide.ts';
import { messageOf, say } from '../progress.ts';
import { freePort } from '../system/free-port.ts';
import { lockOwner } from '../system/process-lock.ts';
import { stopLeftoverChildren } from './children.ts';
import { readFacts } from './facts.ts';
import { homeAt, isHome, type Home } from './home.ts';
import { startInstallation, type Installation } from './installation.ts';
import { listRemains, readUuidOf, removeRemains } from './remains.ts';

/** An installation for one purpose, in a temporary folder, on a free port. */
export interface Throwaway extends Installation {
  /** Removes its machines and networks, stops it, and removes its folder. */
  discard(): Promise<void>;
}

export interface ThrowawayOptions {
  signal?: AbortSignal;
  /** The folder of the playbooks. @default `playbooks` in the clone */
  playbooks?: string;
}

function homeIn(folder: string): Home {
  return homeAt(join(folder, 'home'));
}

async function removeInstances(uuid: string | undefined, home: Home, wish: Config): Promise<void> {
  await removeRemains(await listRemains(uuid, home, wish), home, wish);
}

/** A run that was killed leaves processes, machines and a folder behind: the next run of the same purpose ends them. */
async function removeLeftovers(prefix: string, config: Config): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const home = homeIn(folder);
    if (!(await isHome(home)) || (await lockOwner(home.lock))) continue;
    try {
      await stopLeftoverChildren(home);
      await removeInstances(await readUuidOf(home), home, config);
      await rm(folder, { recursive: true });
    } catch (error) {
      say(`cannot remove ${folder}, which a killed run left behind: ${messageOf(error)}`);
    }
  }
}

/**
 * Starts an installation of its own (which has to be built before), through the same code as `npm start`.
 * The engine is looked for, or installed, meanwhile: ask `installation.engine` before counting on instances.
 */
export async function startThrowaway(
  purpose: string,
  config: Config,
  options: ThrowawayOptions = {},
): Promise<Throwaway> {
  const prefix = `tenon-${purpose}-`;
  await removeLeftovers(prefix, config);
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o755); // the database runs as another account when we are root
  const home = homeIn(folder);
  const publicKeysDir = join(folder, 'no-keys');
  await mkdir(publicKeysDir);
  const port = await freePort();
  const installation = await startInstallation({
    home,
    port,
    publicKeysDir,
    engineSocket: plannedSocket(config),
    ...options,
  });
  const provided: ProvideOptions = { ...config, logFile: join(home.logs, 'engine.log') };
  void provideEngine(provided);
  const discard = async () => {
    const facts = await readFacts(installation.databaseUrl).catch(() => undefined);
    await installation.stop();
    await removeInstances(facts?.uuid, home, config);
    await rm(folder, { recursive: true, force: true });
  };
  return { ...installation, discard };
}
