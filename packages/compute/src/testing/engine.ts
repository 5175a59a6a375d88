import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineClient } from '../docker/engine-client.js';
import { socketAddress } from '../docker/engine-address.js';
import { probeEngine } from '../docker/probe-engine.js';
import { readTestConfig } from './config.js';

const START_MS = 30_000;
const STOP_MS = 20_000;

/** A container engine for tests. */
export interface TestEngine {
  /** Path of its socket. */
  socket: string;
  /** Ends an engine that was started for the test, with everything in it; a shared one goes on. */
  stop(): Promise<void>;
}

/** An engine that nobody else uses, so it may be restarted. */
export interface PrivateEngine extends TestEngine {
  /** Kills the engine (SIGKILL when `hard`) and starts it again on the same data. */
  restart(hard: boolean): Promise<void>;
}

interface PrivateEngineOptions {
  /**
   * Let it write packet filter rules. Two engines on one host flush each other's when they start, so an engine beside
   * another one must not; its machines are then reached from the host and reach nothing themselves. @default true
   */
  iptables?: boolean;
}

/**
 * The engine of TENON_TEST_ENGINE_SOCKET, or a private one in a temporary folder.
 * Throws when there is none and dockerd cannot be started (it needs root and the package docker.io).
 */
export async function testEngine(): Promise<TestEngine> {
  const { engineSocket } = readTestConfig();
  if (engineSocket === undefined || engineSocket === '') return privateEngine();
  if ((await probeEngine(socketAddress(engineSocket))) !== 'answers') {
    throw new Error(
      `cannot use the test engine: nothing answers at ${engineSocket}; unset TENON_TEST_ENGINE_SOCKET to start one`,
    );
  }
  return { socket: engineSocket, stop: () => Promise.resolve() };
}

/** Starts a dockerd of its own. */
export async function privateEngine({ iptables = true }: PrivateEngineOptions = {}): Promise<PrivateEngine> {
  const folder = await mkdtemp('/var/tmp/tenon-test-engine-');
  const socket = join(folder, 'docker.sock');
  let daemon = await startDaemon(folder, iptables);
  return {
    socket,
    restart: async (hard) => {
      await endDaemon(daemon, hard ? 'SIGKILL' : 'SIGTERM');
      await containerdEnded(folder);
      daemon = await startDaemon(folder, iptables);
    },
    stop: async () => {
      await empty(socket);
      await endDaemon(daemon, 'SIGTERM');
      await unmount(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function startDaemon(folder: string, iptables: boolean): Promise<ChildProcess> {
  const log = join(folder, 'dockerd.log');
  const output = openSync(log, 'a');
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '-H', `unix://${join(folder, 'docker.sock')}`],
      '--bridge=none', // docker0 may be another engine's
      `--iptables=${String(iptables)}`,
    ],
    { stdio: ['ignore', output, output] },
  );
  const failed = once(daemon, 'error').then(([error]) => error as Error);
  const deadline = Date.now() + START_MS;
  while ((await probeEngine(socketAddress(join(folder, 'docker.sock')))) !== 'answers') {
    const error = await Promise.race([failed, delay(100)]);
    if (error !== undefined || daemon.exitCode !== null || Date.now() > deadline) {
      const said = (await readFile(log, 'utf8')).trim().split('\n').slice(-3).join(' ');
      throw new Error(
        `cannot start a test engine: ${error?.message ?? said}; install docker.io and be root, or set TENON_TEST_ENGINE_SOCKET`,
      );
    }
  }
  return daemon;
}

async function endDaemon(daemon: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const ended = once(daemon, 'exit');
  daemon.kill(signal);
  const timeout = delay(STOP_MS).then(() => daemon.kill('SIGKILL'));
  await Promise.race([ended, timeout]);
}

/** A dockerd that was killed once leaves its mounts to the next one, which does not know them. */
async function unmount(folder: string): Promise<void> {
  for (const mount of ['data', 'exec/netns/default']) {
    const umount = spawn('umount', ['--lazy', '--quiet', join(folder, mount)], { stdio: 'ignore' });
    await once(umount, 'exit'); // fails when it is no mount, which is fine
  }
}

/** A dockerd that finds the killed one's containerd still dying waits for it in vain, for 15 s, and gives up. */
async function containerdEnded(folder: string): Promise<void> {
  const file = join(folder, 'exec/containerd/containerd.pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  const deadline = Date.now() + STOP_MS;
  while (pid > 0 && isAlive(pid) && Date.now() < deadline) await delay(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes machines and networks: a dockerd that ends leaves its bridges on the host. */
async function empty(socket: string): Promise<void> {
  const client = engineClient(socketAddress(socket));
  const containers = await client.listContainers({ all: true });
  await Promise.all(containers.map(({ Id }) => client.getContainer(Id).remove({ force: true, v: true })));
  const networks = await client.listNetworks({ filters: { type: ['custom'] } });
  await Promise.all(networks.map(({ Id }) => client.getNetwork(Id).remove()));
}
