import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../driver.js';

/** What came of a command. */
export interface SshResult {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command on a machine with OpenSSH's own client, which trusts the machine's `hostKey` and no other.
 * A login that fails ends with code 255. Leaves no key behind.
 */
export async function sshLogin(
  machine: Pick<Machine, 'ssh' | 'hostKey'>,
  privateKey: string,
  command: string,
): Promise<SshResult> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-ssh-'));
  try {
    const [identity, knownHosts] = [join(folder, 'id'), join(folder, 'known_hosts')];
    await writeFile(identity, privateKey, { mode: 0o600 });
    await writeFile(
      knownHosts,
      `[${machine.ssh.host}]:${machine.ssh.port} ${machine.hostKey}\n${machine.ssh.host} ${machine.hostKey}\n`,
    );
    const options = [
      'StrictHostKeyChecking=yes',
      `UserKnownHostsFile=${knownHosts}`,
      'GlobalKnownHostsFile=/dev/null',
      'IdentitiesOnly=yes',
      'BatchMode=yes',
      'ConnectTimeout=10',
    ].flatMap((option) => ['-o', option]);
    const target = [
      '-F',
      '/dev/null',
      '-i',
      identity,
      '-p',
      String(machine.ssh.port),
      `ubuntu@${machine.ssh.host}`,
    ];
    return await run([...options, ...target, command]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(args: string[]): Promise<SshResult> {
  return new Promise((resolve, reject) => {
    execFile('ssh', args, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(new Error(`cannot run ssh: ${error.message}; install openssh-client`, { cause: error }));
    });
  });
}
