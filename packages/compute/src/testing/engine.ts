import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { socketAddress } from '../docker/engine-address.js';
import { probeEngine } from '../docker/probe-engine.js';
import { readTestConfig } from './config.js';
import { endDaemon, isAlive, removeDaemon, socketIn, startDaemon } from './daemon.js';

/** /tmp may be in memory, and an engine writes a gigabyte. */
const PLACE = '/var/tmp';
const PREFIX = 'tenon-test-engine-';

/** A container engine for tests. */
export interface TestEngine {
  /** Path of its socket. */
  socket: string;
  /** Ends an engine that was started for the test, with everything in it; a shared one goes on. */
  stop(): Promise<void>;
}

/** An engine that nobody else uses, so it may be restarted. */
export interface PrivateEngine extends TestEngine {
  /** Ends the engine (with SIGKILL when `hard`) and starts it again on the same data. */
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

/** Starts a dockerd of its own, after removing those that test runs left behind which were killed. */
export async function privateEngine({ iptables = true }: PrivateEngineOptions = {}): Promise<PrivateEngine> {
  await removeLeftovers();
  const folder = await mkdtemp(join(PLACE, `${PREFIX}${process.pid}-`));
  await startDaemon(folder, iptables);
  return {
    socket: socketIn(folder),
    restart: async (hard) => {
      await endDaemon(folder, hard ? 'SIGKILL' : 'SIGTERM');
      await startDaemon(folder, iptables);
    },
    stop: () => removeDaemon(folder),
  };
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(PLACE)) {
    const owner = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (Number.isInteger(owner) && !isAlive(owner)) await removeDaemon(join(PLACE, name));
  }
}
