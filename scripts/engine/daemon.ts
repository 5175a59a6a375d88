import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../system/command.ts';
import { identify } from '../system/process-identity.ts';
import { waitFor } from '../system/wait-for.ts';
import { engineAnswers } from './socket.ts';

/** A dockerd of ours: it belongs to the machine, not to one installation, and goes on when we stop. */
export interface Daemon {
  folder: string;
  socket: string;
  pidFile: string;
  logFile: string;
}

/** The engine that `npm start` starts where none is; shared by all installations of this machine. */
export const machineDaemon = daemonAt('/var/lib/tenon-engine');

/** Where a dockerd in this folder has its things. */
export function daemonAt(folder: string): Daemon {
  return {
    folder,
    socket: join(folder, 'docker.sock'),
    pidFile: join(folder, 'dockerd.pid'),
    logFile: join(folder, 'dockerd.log'),
  };
}

/** The process of a running daemon, undefined when it does not run. */
async function daemonPid(daemon: Daemon): Promise<number | undefined> {
  const pid = Number(await readFile(daemon.pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1 || !(await identify(pid))) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(daemon.folder) ? pid : undefined;
}

/**
 * Starts dockerd in a session of its own, with its own folder, socket and pid file; does nothing when it runs already.
 * Throws when it does not answer within 60 s, naming its log.
 */
export async function startDaemon(daemon: Daemon): Promise<void> {
  if (await engineAnswers(daemon.socket)) return;
  const program = await findProgram('dockerd');
  if (program === undefined) throw new Error('cannot start a container engine: dockerd is not installed');
  await mkdir(daemon.folder, { recursive: true });
  await chmod(daemon.folder, 0o711);
  // Two starts at the same time: the second waits for the first one's engine.
  if ((await daemonPid(daemon)) === undefined) {
    await rm(daemon.pidFile, { force: true });
    launch(program, daemon);
  }
  await waitFor(() => engineAnswers(daemon.socket), {
    what: `dockerd to answer (its log: ${daemon.logFile})`,
    timeoutMs: 60_000,
    everyMs: 200,
  });
}

function launch(program: string, { folder, socket, pidFile, logFile }: Daemon): void {
  const output = openSync(logFile, 'a', 0o600);
  // Never --bridge=none beside another dockerd: it removes that one's docker0. Both may use it; instances do not.
  const places = [
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    join(folder, 'exec'),
    '--pidfile',
    pidFile,
  ];
  const child = spawn(program, [...places, '-H', `unix://${socket}`], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  });
  child.on('error', () => undefined); // seen as "does not answer"
  child.unref();
  closeSync(output);
}

/** Stops a daemon that we started, and waits until it is gone. */
export async function stopDaemon(daemon: Daemon): Promise<void> {
  const pid = await daemonPid(daemon);
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  await waitFor(async () => (await daemonPid(daemon)) === undefined, {
    what: 'dockerd to stop',
    timeoutMs: 60_000,
  });
}
