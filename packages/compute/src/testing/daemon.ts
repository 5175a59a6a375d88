import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { socketAddress } from '../docker/engine-address.js';
import { engineClient } from '../docker/engine-client.js';
import { probeEngine } from '../docker/probe-engine.js';

const START_MS = 30_000;
const STOP_MS = 20_000;

/** The socket of a dockerd that lives in a folder. */
export const socketIn = (folder: string): string => join(folder, 'docker.sock');

/** Starts a dockerd with everything it has in one folder; throws what its log says when it does not come up. */
export async function startDaemon(folder: string, iptables: boolean): Promise<void> {
  const log = join(folder, 'dockerd.log');
  const output = openSync(log, 'a');
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '-H', `unix://${socketIn(folder)}`],
      '--bridge=none', // docker0 may be another engine's
      `--iptables=${String(iptables)}`,
    ],
    { stdio: ['ignore', output, output] },
  );
  const failed = once(daemon, 'error').then(([error]) => error as Error);
  const deadline = Date.now() + START_MS;
  while ((await probeEngine(socketAddress(socketIn(folder)))) !== 'answers') {
    const error = await Promise.race([failed, delay(100)]);
    if (error !== undefined || daemon.exitCode !== null || Date.now() > deadline) {
      const said = (await readFile(log, 'utf8')).trim().split('\n').slice(-3).join(' ');
      const why = error?.message ?? said;
      throw new Error(
        `cannot start a test engine: ${why}; install docker.io and be root, or set TENON_TEST_ENGINE_SOCKET`,
      );
    }
  }
}

/** Ends the folder's dockerd, whoever started it, and waits until it and its containerd are gone. */
export async function endDaemon(folder: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const daemon = await pidIn(folder, 'dockerd.pid');
  const containerd = await pidIn(folder, 'exec/containerd/containerd.pid');
  if (daemon !== null) process.kill(daemon, signal);
  // A dockerd that finds the killed one's containerd still dying waits for it in vain, for 15 s, and gives up.
  const deadline = Date.now() + STOP_MS;
  while ((isAlive(daemon) || isAlive(containerd)) && Date.now() < deadline) await delay(50);
}

/** Ends the folder's dockerd with its machines and networks, and removes the folder. */
export async function removeDaemon(folder: string): Promise<void> {
  const address = socketAddress(socketIn(folder));
  if ((await probeEngine(address)) === 'answers') {
    // A dockerd that ends leaves its bridges on the host.
    const client = engineClient(address);
    const containers = await client.listContainers({ all: true });
    await Promise.all(containers.map(({ Id }) => client.getContainer(Id).remove({ force: true, v: true })));
    const networks = await client.listNetworks({ filters: { type: ['custom'] } });
    await Promise.all(networks.map(({ Id }) => client.getNetwork(Id).remove()));
  }
  await endDaemon(folder, 'SIGTERM');
  // One that was killed leaves its mounts to its successor, which does not know them.
  for (const mount of ['data', 'exec/netns/default']) {
    const umount = spawn('umount', ['--lazy', '--quiet', join(folder, mount)], { stdio: 'ignore' });
    await once(umount, 'exit'); // fails when it is no mount, which is fine
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Whether a process runs. */
export function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The process of a pid file, when it is alive and really one of this folder's (numbers are used again). */
async function pidIn(folder: string, file: string): Promise<number | null> {
  const pid = Number(await readFile(join(folder, file), 'utf8').catch(() => ''));
  if (!(pid > 0)) return null;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes(folder) ? pid : null;
}
