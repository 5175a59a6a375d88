import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { prepareSshd, SSHD, type TestSshd } from './sshd.js';

/** The Debian packages of the programs that suites ask for. */
const PACKAGES = {
  crontab: 'cron',
  git: 'git',
  ip: 'iproute2',
  iptables: 'iptables',
  mount: 'mount',
  nsenter: 'util-linux',
  sysctl: 'procps',
  unshare: 'util-linux',
  useradd: 'passwd',
} as const;

type Tool = keyof typeof PACKAGES;

/**
 * A copy of this machine that forgets: every write goes to memory (an overlay of the whole root), and host name, network
 * and mounts are its own. Its sshd is the real one; so are useradd, crontab, mount, iptables and all the others.
 */
export interface ThrowawayMachine extends TestSshd {
  /** Runs a shell text there, not over ssh; resolves with what it printed, rejects when it ends with another status than 0. */
  sh(text: string): Promise<string>;
}

/**
 * Lays the copy out below "$1/overlay" and prints the number of the process that holds it; the copy ends with that process,
 * which ends when its stdin does. Kernel settings are read-only, save those of its own network. Root's
 * home is empty: what a developer's login scripts do there (a lock of pyenv, copied with everything, cost 60 s) is no part of it.
 */
const HOLD = `
set -e
o=$1/overlay; r=$o/root
mount -t tmpfs -o mode=755 tmpfs "$o"
mkdir "$o/upper" "$o/work" "$r"
mount -t overlay -o "lowerdir=/,upperdir=$o/upper,workdir=$o/work" overlay "$r"
for each in proc dev sys; do mount --rbind "/$each" "$r/$each"; done
mount --bind "$r/proc/sys" "$r/proc/sys"
mount -o remount,bind,ro "$r/proc/sys"
mount --bind /proc/sys/net "$r/proc/sys/net"
mount -t tmpfs -o mode=700 tmpfs "$r/root"
mkdir -p "$r$1" "$r/run/sshd"
mount --bind "$1" "$r$1"
ip link set lo up
printf '%s\\n' $$
exec chroot "$r" cat`;

/** Whether a suite that needs such a machine must be skipped; says why. */
export function lacksRoot(): boolean {
  if (userInfo().uid === 0) return false;
  console.warn('skipped: a throwaway machine needs root; run the tests as root');
  return true;
}

function refuseWithout(tools: readonly Tool[]): void {
  const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  for (const tool of [...tools, 'unshare', 'nsenter', 'ip', 'mount'] as const) {
    if (folders.some((folder) => existsSync(join(folder, tool)))) continue;
    throw new Error(
      `cannot start a throwaway machine: ${tool} is missing; apt-get install ${PACKAGES[tool]}`,
    );
  }
}

/** Collects what a child says; resolves with its stdout when it ends with 0. */
function outputOf(child: ChildProcess): Promise<string> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`ended with ${String(code)}: ${stderr}`));
    });
  });
}

function holderReady(holder: ChildProcess): Promise<string> {
  const ended = outputOf(holder).catch((error: unknown) => {
    throw new Error(
      'cannot start a throwaway machine: unshare and mount are not allowed here; root needs CAP_SYS_ADMIN and CAP_NET_ADMIN ' +
        '(a container: --privileged)',
      { cause: error },
    );
  });
  const ready = new Promise<string>((resolve) => {
    holder.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return Promise.race([ready, ended]);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('cannot find a free port'));
      else resolve(address.port);
    });
  });
}

/**
 * Starts one; needs root. Throws, naming the package, when one of `tools` is missing, and when this machine does not allow
 * namespaces. The port is listened on out here, because the copy has a network of its own; each connection gets an sshd in there.
 */
export async function startThrowawayMachine(tools: readonly Tool[] = []): Promise<ThrowawayMachine> {
  refuseWithout(tools);
  const { folder, configuration, target } = await prepareSshd(22);
  await mkdir(join(folder, 'overlay'));
  const ownNamespaces = ['--mount', '--uts', '--ipc', '--net'];
  const holder = spawn('unshare', [...ownNamespaces, '--', 'sh', '-c', HOLD, 'sh', folder]);
  const pid = await holderReady(holder);
  const enter = (program: readonly string[]) =>
    spawn('nsenter', ['-t', pid, ...ownNamespaces, '--root', '--', ...program]);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const sshd = enter([SSHD, '-i', '-f', configuration]);
    for (const stream of [socket, sshd.stdin]) stream.on('error', () => socket.destroy());
    socket.pipe(sshd.stdin);
    sshd.stdout.pipe(socket);
    sshd.once('close', () => socket.destroy());
  });
  const port = await listen(server);
  return {
    folder,
    target: { ...target, port },
    sh(text) {
      return outputOf(enter(['/bin/sh', '-c', text]));
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      const ended = new Promise((resolve) => holder.once('exit', resolve));
      holder.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
