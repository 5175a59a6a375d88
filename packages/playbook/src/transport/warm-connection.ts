import type { ShellSession } from './shell-session.js';
import type { ShellStreams } from './shell-streams.js';
import type { SshTarget } from './ssh-target.js';
import { startShell } from './start-shell.js';
import type { Connection, RemoteLimits, RemoteOutput, RemoteRequest } from './transport.js';

const SECOND = 1000;
/** A connection idle for longer is asked for a sign of life first: a machine that vanished sends no farewell. */
const PROBE_AFTER_IDLE_MS = 5 * SECOND;
const PROBE_TIMEOUT_MS = 3 * SECOND;

/** An authenticated way to a machine on which commands can be started. */
export interface Link {
  readonly target: SshTarget;
  /** False from the moment it is known to be broken. */
  readonly open: boolean;
  /** Rejects with UnreachableError. */
  exec(command: string): Promise<ShellStreams>;
  close(): void;
}

/** `user@host:port`, for error texts. */
export function whereIs(target: SshTarget): string {
  return `${target.user}@${target.host}:${target.port}`;
}

/** One link with a persistent shell for every user that was asked for. */
export class WarmConnection implements Connection {
  private readonly shells = new Map<string | undefined, Promise<ShellSession>>();
  private lastUsed = Date.now();
  private running = 0;

  constructor(private readonly link: Link) {}

  get target(): SshTarget {
    return this.link.target;
  }

  async run(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    this.running++;
    try {
      const shell = await this.shell(request.become?.user);
      return await shell.run(request, limits);
    } finally {
      this.running--;
      this.lastUsed = Date.now();
    }
  }

  /** Whether it can be used again; asks the machine when it was silent for a while. */
  async isAlive(): Promise<boolean> {
    if (!this.link.open) return false;
    if (this.running > 0 || Date.now() - this.lastUsed < PROBE_AFTER_IDLE_MS) return true;
    const probe = { script: ':', become: undefined, isolated: false };
    try {
      await this.run(probe, { outputCapBytes: 0, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
      return true;
    } catch {
      // Whatever the reason, a new connection will say it better.
      return false;
    }
  }

  close(): void {
    this.link.close();
  }

  /** A shell that was refused or has ended is started anew by the next request. */
  private async shell(user: string | undefined): Promise<ShellSession> {
    const known = this.shells.get(user);
    if (known !== undefined) {
      const shell = await known;
      if (!shell.closed) return shell;
    }
    const starting = startShell((command) => this.link.exec(command), user, whereIs(this.target));
    this.shells.set(user, starting);
    starting.catch(() => this.shells.delete(user));
    return starting;
  }
}
