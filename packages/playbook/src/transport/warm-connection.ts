import { CancelledError } from './errors.js';
import { NotBegunError, SKIPPED } from './request-in-flight.js';
import type { ShellSession } from './shell-session.js';
import { startShell, type ShellPlace } from './start-shell.js';
import type { Become, Connection, RemoteLimits, RemoteOutput, RemoteRequest } from './transport.js';

const SECOND = 1000;
/** A connection idle for longer is asked for a sign of life first: a machine that vanished sends no farewell. */
const PROBE_AFTER_IDLE_MS = 5 * SECOND;
const PROBE_TIMEOUT_MS = 3 * SECOND;

/** An authenticated way to a machine on which commands can be started; `exec` rejects with UnreachableError. */
export interface Link extends ShellPlace {
  /** False from the moment it is known to be broken. */
  readonly open: boolean;
  close(): void;
}

/** What the next request must know of the one before it. */
interface Before {
  readonly key: string;
  /** Settles when it was given to a shell, or never will be. */
  readonly shell: Promise<ShellSession | undefined>;
  /** Whether it was run and ended with 0. */
  readonly success: Promise<boolean>;
}

function shellKey(become: Become | undefined): string {
  if (become === undefined) return '';
  return JSON.stringify([become.user, become.method, become.password, become.exe, become.flags]);
}

/** Settles with the promise, or rejects as soon as the signal is aborted. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new CancelledError());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** One link with a persistent shell for every identity that was asked for. */
export class WarmConnection implements Connection {
  private readonly shells = new Map<string, Promise<ShellSession>>();
  private before: Before = {
    key: '',
    shell: Promise.resolve(undefined),
    success: Promise.resolve(true),
  };
  private lastUsed = Date.now();
  private running = 0;

  constructor(private readonly link: Link) {}

  async run(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    this.running++;
    try {
      return await this.ask(request, limits);
    } catch (error) {
      if (error instanceof NotBegunError) return await this.run(request, limits);
      throw error;
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

  /** Gives the request to its shell as soon as that keeps the order: at once behind others of the same shell. */
  private ask(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    const { before } = this;
    const key = shellKey(request.become);
    const turn = this.turn(before, key, request);
    const handed = orAborted(turn, limits.signal).then((shell) => ({
      shell,
      output: shell === undefined ? Promise.resolve(SKIPPED) : shell.run(request, limits),
    }));
    const output = handed.then((each) => each.output);
    const shell = turn.then(() => handed).then((each) => each.shell);
    this.before = {
      key,
      shell: shell.catch(() => undefined),
      success: output.then(
        ({ rc, skipped, ended }) => rc === 0 && skipped === undefined && ended === undefined,
        () => false,
      ),
    };
    return output;
  }

  /** Undefined: not to be run. */
  private async turn(
    before: Before,
    key: string,
    { after, become }: RemoteRequest,
  ): Promise<ShellSession | undefined> {
    const shellBefore = await before.shell;
    // A shell knows only of its own requests.
    const chained = before.key === key && shellBefore?.closed === false;
    if (before.key !== key) await before.success;
    if (after === 'success' && !chained && !(await before.success)) return undefined;
    return this.shell(key, become);
  }

  /** A shell that was refused or has ended is started anew by the next request. */
  private async shell(key: string, become: Become | undefined): Promise<ShellSession> {
    const known = await this.shells.get(key);
    if (known?.closed === false) return known;
    const starting = startShell(this.link, become);
    this.shells.set(key, starting);
    starting.catch(() => this.shells.delete(key));
    return starting;
  }
}
