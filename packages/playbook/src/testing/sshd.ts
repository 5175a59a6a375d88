import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair } from '../transport/keys.js';
import type { SshTarget } from '../transport/ssh-target.js';

export const SSHD = '/usr/sbin/sshd';

/** A real sshd of this machine on a loopback port, for tests. */
export interface TestSshd {
  /** Logs in as the user who runs the tests. */
  readonly target: SshTarget;
  /** A folder that is removed at the end. */
  readonly folder: string;
  /** Ends sshd and everything that it started. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('cannot find a free port');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function waitUntilListening(port: number, child: ChildProcess, log: () => string): Promise<void> {
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`cannot start ${SSHD}: ${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function configuration(folder: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host_key`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    `PidFile ${folder}/sshd.pid`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    // Keeps bash from reading the developer's ~/.bashrc for every command (bash(1): only at the first level, over ssh).
    'SetEnv SHLVL=2',
    '',
  ].join('\n');
}

/** A folder with what one sshd needs: its configuration, its key and the key that it lets in. */
export async function prepareSshd(
  port: number,
  more: readonly string[] = [],
): Promise<{ configuration: string } & Omit<TestSshd, 'stop'>> {
  if (!existsSync(SSHD))
    throw new Error(`cannot test over ssh: ${SSHD} is missing; apt-get install openssh-server`);
  const folder = await mkdtemp(join(tmpdir(), 'tenon-sshd-'));
  const [hostKey, loginKey] = [generateKeyPair('host'), generateKeyPair('login')];
  await writeFile(join(folder, 'host_key'), hostKey.privateKey, { mode: 0o600 });
  await writeFile(join(folder, 'authorized_keys'), `${loginKey.publicKey}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'sshd_config'), [configuration(folder, port), ...more, ''].join('\n'));
  await chmod(folder, 0o755);
  return {
    folder,
    configuration: join(folder, 'sshd_config'),
    target: {
      host: '127.0.0.1',
      port,
      user: userInfo().username,
      privateKey: loginKey.privateKey,
      hostKey: hostKey.publicKey,
    },
  };
}

/** Starts sshd, with `more` lines of sshd_config; throws when the machine has none (apt-get install openssh-server). */
export async function startSshd(more: readonly string[] = []): Promise<TestSshd> {
  const port = await freePort();
  const { folder, configuration, target } = await prepareSshd(port, more);
  // sshd refuses to start without its empty folder, which the package makes at boot only.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  let log = '';
  const child = spawn(SSHD, ['-D', '-e', '-f', configuration], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await waitUntilListening(port, child, () => log);
  return {
    folder,
    target,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
