import type { Duplex } from 'node:stream';
import { Client, type AnyAuthMethod, type ClientChannel, type ServerHostKeyAlgorithm } from 'ssh2';
import { CancelledError, UnreachableError, type UnreachableCode } from './errors.js';
import type { ShellStreams } from './shell-streams.js';
import type { Link } from './warm-connection.js';

const SECOND = 1000;
const KEEPALIVE_INTERVAL_MS = 15 * SECOND;
const KEEPALIVE_COUNT = 3;
/** As Ansible waits longer for sudo than for the connection. */
const SHELL_AFTER_CONNECT_MS = 2 * SECOND;

/**
 * Only what is safe, cheapest first. Measured with ssh2 1.17 on Node 20 there is next to nothing between the key
 * exchanges (13-17 ms of CPU a connection) and the ciphers (11 ms a MB); what counts is to leave out the group exchange,
 * which costs a round trip more. SHA-1 is out.
 */
const ALGORITHMS = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group14-sha256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
} as const;

/** Which host key a machine must show. */
export interface HostTrust {
  /** To ask the machine for, the best first; others are refused. */
  readonly algorithms: readonly ServerHostKeyAlgorithm[];
  /** Why the key is refused and what to do; undefined when it is the right one. */
  judge(offered: Buffer): string | undefined;
}

/** Everything that one connection is made of. */
export interface SshAttempt {
  /** `user@host:port`, for error texts. */
  readonly label: string;
  readonly user: string;
  /** Opens the way for the bytes: TCP, another machine, a program. */
  readonly dial: () => Duplex | Promise<Duplex>;
  readonly trust: HostTrust;
  /** Ways to prove who we are, tried in this order. */
  readonly identities: readonly AnyAuthMethod[];
  /** What to do when none of them is taken. */
  readonly remedy: string;
  /** For everything until the machine lets us in, in ms. */
  readonly timeoutMs: number;
  /** @default 15_000 */
  readonly keepaliveMs?: number | undefined;
}

/** A Link that can also carry a connection to another machine, as a jump host does. */
export interface SshLink extends Link {
  /** Rejects with what the machine says of it. */
  forward(host: string, port: number): Promise<Duplex>;
}

interface Ssh2Error extends Error {
  readonly level?: string;
}

/** "cannot reach <whom>: <why>; <what to do>". */
export function cannotReach(
  code: UnreachableCode,
  label: string,
  why: string,
  cause?: unknown,
): UnreachableError {
  return new UnreachableError(code, `cannot reach ${label}: ${why}`, { cause });
}

/** ssh2 marks its errors with a level; everything else comes from the socket. */
function refusal({ label, remedy, identities }: SshAttempt, error: Ssh2Error): UnreachableError {
  if (error.level === 'client-authentication') {
    const password = identities.some(({ type }) => type === 'password') ? ' and the password' : '';
    const why = `Permission denied: the machine refused the key${password}; ${remedy}`;
    return cannotReach('authentication', label, why, error);
  }
  return cannotReach('refused', label, `${error.message}; is the machine running, and its sshd?`, error);
}

function tooSlow({ label, timeoutMs }: SshAttempt): UnreachableError {
  const why = `no answer within ${timeoutMs / SECOND} s; is the machine running, and is the address right?`;
  return cannotReach('timeout', label, why);
}

/** Runs until the machine lets us in; whatever happens before is one UnreachableError or CancelledError. */
function letIn(client: Client, attempt: SshAttempt, signal: AbortSignal | undefined): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let socket: Duplex | undefined;
    let settled = false;
    const settle = (error?: Error) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (error === undefined) {
        resolve();
        return;
      }
      socket?.destroy();
      reject(error);
    };
    const timer = setTimeout(() => settle(tooSlow(attempt)), attempt.timeoutMs);
    const abort = () => settle(new CancelledError());
    signal?.addEventListener('abort', abort, { once: true });
    const fail = (error: Ssh2Error) => {
      // An agent that is gone is no reason not to try what comes next.
      if (error.level !== 'agent')
        settle(error instanceof UnreachableError ? error : refusal(attempt, error));
    };
    // These stay for the life of the client: an error without a listener would end the process.
    client.on('error', fail);
    client.on('close', () => fail(new Error('it closed the connection during the handshake')));
    client.on('ready', () => settle());
    const start = (dialled: Duplex) => {
      socket = dialled;
      joinWrites(dialled);
      dialled.on('error', fail);
      if (settled) dialled.destroy();
      else shakeHands(client, attempt, dialled, settle);
    };
    Promise.resolve().then(attempt.dial).then(start).catch(fail);
  });
}

/** ssh2 writes each packet in three pieces; together they are one system call, and wake the other side once. */
function joinWrites(socket: Duplex): void {
  const write = socket.write.bind(socket);
  socket.write = (...written: unknown[]): boolean => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return Reflect.apply(write, socket, written) as boolean;
  };
}

function shakeHands(client: Client, attempt: SshAttempt, sock: Duplex, refuse: (error: Error) => void): void {
  client.connect({
    sock,
    username: attempt.user,
    readyTimeout: 0,
    keepaliveInterval: attempt.keepaliveMs ?? KEEPALIVE_INTERVAL_MS,
    keepaliveCountMax: KEEPALIVE_COUNT,
    // Without a list ssh2 asks for 'none' first, a wasted round trip.
    authHandler: [...attempt.identities],
    algorithms: {
      kex: [...ALGORITHMS.kex],
      cipher: [...ALGORITHMS.cipher],
      hmac: [...ALGORITHMS.hmac],
      serverHostKey: [...attempt.trust.algorithms],
    },
    hostVerifier: (offered: Buffer) => {
      const why = attempt.trust.judge(offered);
      if (why !== undefined) refuse(cannotReach('host-key', attempt.label, why));
      return why === undefined;
    },
  });
}

function streamsOf(channel: ClientChannel): ShellStreams {
  // "close" follows every error, and tells enough.
  channel.on('error', () => undefined);
  channel.stderr.on('error', () => undefined);
  return {
    write: (bytes) => void channel.write(bytes),
    onStdout: (listener) => void channel.removeAllListeners('data').on('data', listener),
    onStderr: (listener) => void channel.stderr.removeAllListeners('data').on('data', listener),
    onClose: (listener) => void channel.on('close', listener),
    destroy: () => void channel.destroy(),
  };
}

/** A channel of the client; rejects also when the library throws at once because the connection is gone. */
function channelOf(
  open: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
): Promise<ClientChannel> {
  return new Promise((resolve, reject) =>
    open((error, channel) => {
      if (error === undefined) resolve(channel);
      else reject(error);
    }),
  );
}

async function exec(client: Client, label: string, command: string): Promise<ShellStreams> {
  try {
    return streamsOf(await channelOf((done) => client.exec(command, done)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreachableError('lost', `cannot start a command at ${label}: ${why}`, { cause: error });
  }
}

/** Connects and logs in. Rejects with UnreachableError or CancelledError. */
export async function openSshLink(attempt: SshAttempt, signal: AbortSignal | undefined): Promise<SshLink> {
  if (signal?.aborted === true) throw new CancelledError();
  const client = new Client();
  await letIn(client, attempt, signal);
  const state = { open: true };
  client.on('close', () => (state.open = false)).on('error', () => (state.open = false));
  const { label, timeoutMs } = attempt;
  return {
    label,
    startTimeoutMs: timeoutMs + SHELL_AFTER_CONNECT_MS,
    get open() {
      return state.open;
    },
    exec: (command) => exec(client, label, command),
    forward: (host, port) => channelOf((done) => client.forwardOut('127.0.0.1', 0, host, port, done)),
    close: () => {
      state.open = false;
      client.destroy();
    },
  };
}
