import { randomBytes } from 'node:crypto';
import { quote } from '../shell/quote.js';
import { BecomeError, UnreachableError } from './errors.js';
import { shellCommand, shellProgram } from './shell-program.js';
import { ShellSession } from './shell-session.js';
import type { ShellStreams } from './shell-streams.js';

/** As long as Ansible waits for sudo. */
const START_TIMEOUT_MS = 12_000;
const COMPLAINT_LENGTH = 500;

/** Which program becomes which user: sudo, and without sudo what root has (util-linux). Nothing when it is that user already. */
function becomeCommand(user: string | undefined, shell: string): string {
  if (user === undefined) return `exec ${shell}`;
  const name = quote(user);
  return (
    `[ "$(id -un)" = ${name} ] && exec ${shell}; ` +
    `[ "$(id -u)" = 0 ] && ! command -v sudo >/dev/null && exec runuser -u ${name} -- ${shell}; ` +
    `exec sudo -n -H -u ${name} -- ${shell}`
  );
}

function waitUntilReady(streams: ShellStreams, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    let complaint = '';
    const timer = setTimeout(() => {
      reject(new Error('no answer; does sudo wait for a password?'));
      streams.destroy();
    }, START_TIMEOUT_MS);
    streams.onStdout((chunk) => {
      // What a login script prints comes first.
      heard = (heard + chunk.toString('latin1')).slice(-2 * ready.length);
      if (!heard.includes(ready)) return;
      clearTimeout(timer);
      resolve();
    });
    streams.onStderr((chunk) => {
      complaint = (complaint + chunk.toString()).slice(-COMPLAINT_LENGTH);
    });
    streams.onClose(() => {
      clearTimeout(timer);
      reject(new Error(complaint.trim() || 'the shell ended at once'));
    });
  });
}

/**
 * Starts the shell program as a user (undefined: who logged in). Rejects with BecomeError and what sudo said, or
 * with UnreachableError when even the login user gets no shell.
 */
export async function startShell(
  exec: (command: string) => Promise<ShellStreams>,
  user: string | undefined,
  where: string,
): Promise<ShellSession> {
  const ready = randomBytes(16).toString('hex');
  const program = shellProgram(ready);
  const streams = await exec(becomeCommand(user, shellCommand(program)));
  streams.write(Buffer.from(program));
  try {
    await waitUntilReady(streams, ready);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (user !== undefined) throw new BecomeError(`cannot become ${user} at ${where}: ${why}`);
    throw new UnreachableError('refused', `cannot use ${where}: no shell started: ${why}`);
  }
  return new ShellSession(streams, where);
}
