import { spawn } from 'node:child_process';
import { childStreams } from './child-streams.js';
import type { ShellStreams } from './shell-streams.js';
import type { Link } from './warm-connection.js';

const START_TIMEOUT_MS = 12_000;

/**
 * This very machine, as the user of this process: the same shell as over ssh, as a child. It starts where this process
 * is, not in the user's home (Ansible 2.14 `local`).
 */
export function openLocalLink(): Link {
  const shells = new Set<ShellStreams>();
  return {
    label: 'this machine',
    startTimeoutMs: START_TIMEOUT_MS,
    open: true,
    exec: (command) => {
      // Detached: a session of its own, as sshd gives it, so that it can be ended with all that it runs.
      const child = spawn('/bin/sh', ['-c', command], { stdio: 'pipe', detached: true });
      const streams = childStreams(child);
      shells.add(streams);
      child.on('close', () => shells.delete(streams));
      return Promise.resolve(streams);
    },
    close: () => shells.forEach((streams) => streams.destroy()),
  };
}
