import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, say, step } from '../progress.ts';
import { aptInstall, canInstall } from '../system/apt.ts';
import { findProgram } from '../system/command.ts';
import { machineDaemon, startDaemon } from './daemon.ts';
import { locateEngine, type EngineWish } from './locate.ts';
import { askEngine } from './socket.ts';

export interface ProvideOptions extends EngineWish {
  /** false: nothing is installed and no engine is started. */
  mayInstall: boolean;
  /** Gets apt's output. */
  logFile: string;
}

/** The socket of the engine that the worker should use; it may appear later. undefined: DOCKER_HOST says it. */
export function plannedSocket(wish: EngineWish): string | undefined {
  if (wish.engineSocket !== undefined) return wish.engineSocket;
  return wish.dockerHost === undefined ? machineDaemon.socket : undefined;
}

/** An earlier start made an engine of ours here, and its program has not been removed since. */
async function canStartOursAgain(): Promise<boolean> {
  const wasOurs = (await stat(machineDaemon.folder).catch(() => undefined)) !== undefined;
  return wasOurs && (await findProgram('dockerd')) !== undefined;
}

async function installEngine(logFile: string): Promise<void> {
  if ((await findProgram('dockerd')) === undefined) {
    say(
      'No container engine here: installing docker.io in the background; everything but instances works meanwhile',
    );
    await step('Installing docker.io', () => aptInstall(['docker.io'], logFile));
    await sleep(1_000); // where there is an init system, the package's own service comes up now
    if (await locateEngine({})) return;
  }
  await step('Starting the container engine', () => startDaemon(machineDaemon));
}

/** Whether the base image is there or can be had from a registry. */
async function canPullBase(socket: string): Promise<boolean> {
  const name = 'debian:bookworm-slim';
  if ((await askEngine(socket, 'GET', `/images/${name}/json`)).status === 200) return true;
  const pull = await askEngine(socket, 'POST', '/images/create?fromImage=debian&tag=bookworm-slim', 120_000);
  return pull.status === 200 && !pull.body.includes('"errorDetail"');
}

/** Without a registry the instance image is made by mmdebstrap, which the worker finds in PATH. */
async function provideBase(socket: string, logFile: string): Promise<void> {
  if ((await findProgram('mmdebstrap')) !== undefined || (await canPullBase(socket).catch(() => false)))
    return;
  await step('Installing mmdebstrap (debian:bookworm-slim cannot be pulled)', () =>
    aptInstall(['mmdebstrap'], logFile),
  );
}

/** Resolves with whether an engine was started that was not there before. */
async function provide(options: ProvideOptions): Promise<boolean> {
  const mayInstall = options.mayInstall && (await canInstall());
  const choosesItself = options.dockerHost === undefined && options.engineSocket === undefined;
  const restarts = choosesItself && options.mayInstall && (await canStartOursAgain());
  if (restarts) {
    await step('Starting the container engine', () => startDaemon(machineDaemon));
  }
  const found = await locateEngine({ ...options, engineSocket: plannedSocket(options) });
  const installs = !found && choosesItself && mayInstall;
  if (installs) await installEngine(options.logFile);
  const engine = found ?? (await locateEngine({ ...options, engineSocket: plannedSocket(options) }));
  if (engine?.socketPath !== undefined && mayInstall) await provideBase(engine.socketPath, options.logFile);
  return restarts || installs;
}

/**
 * Sees to it that there is an engine for instances: takes the one that is there; as root on Debian or Ubuntu installs
 * docker.io and starts dockerd. The worker finds it by itself. Never throws: without an engine everything else works,
 * and the reason is printed. Resolves with whether it started an engine: what the worker said of engines before
 * is then outdated.
 */
export async function provideEngine(options: ProvideOptions): Promise<boolean> {
  try {
    return await provide(options);
  } catch (error) {
    say(`No instances for now: ${messageOf(error)}`);
    return false;
  }
}
