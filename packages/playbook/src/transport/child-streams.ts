import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { ShellStreams } from './shell-streams.js';

/** A child process as the shell protocol sees it. A program that cannot be started just closes, saying why. */
export function childStreams(child: ChildProcessWithoutNullStreams): ShellStreams {
  const { stdin, stdout, stderr } = child;
  // "close" follows every error, and tells enough.
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
  child.on('error', () => undefined);
  return {
    write: (bytes) => void stdin.write(bytes),
    onStdout: (listener) => void stdout.removeAllListeners('data').on('data', listener),
    onStderr: (listener) => void stderr.removeAllListeners('data').on('data', listener),
    onClose: (listener) => void child.on('close', listener),
    destroy: () => {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
  };
}
