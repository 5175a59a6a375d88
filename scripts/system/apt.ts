import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inheritedEnvironment } from '../config.ts';
import { findProgram } from './command.ts';

/** Whether we may install packages here: root, on Debian or one of its children. */
export async function canInstall(): Promise<boolean> {
  if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === undefined) return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

async function aptGet(args: string[], logFile: string): Promise<void> {
  const options = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  const env = { ...inheritedEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
  const output = openSync(logFile, 'a', 0o600);
  // Its own session and a file for its words: when we stop, dpkg finishes what it is at instead of being cut in the middle.
  const child = spawn('apt-get', [...args, ...options], {
    env,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return;
  const words = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-4).join(' ');
  throw new Error(`apt-get ${args.join(' ')} ended with ${code}: ${words}`);
}

let listsAreFresh = false;

/**
 * Installs Debian packages without questions; refreshes apt's lists once per process, before the first installation.
 * Waits up to 5 min for another apt. Throws with apt's last words.
 */
export async function aptInstall(packages: string[], logFile: string): Promise<void> {
  if (!listsAreFresh) await aptGet(['update'], logFile);
  listsAreFresh = true;
  await aptGet(['install', '--no-install-recommends', ...packages], logFile);
}
