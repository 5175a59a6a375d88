import { connect as connectTcp } from 'node:net';
import { Client, type ClientChannel } from 'ssh2';
import { CancelledError, UnreachableError, type UnreachableCode } from './errors.js';
import { fingerprintOf, readHostKey, type HostKey } from './host-key.js';
import type { ShellStreams } from './shell-streams.js';
import { whereIs, type SshTarget } from './ssh-target.js';
import type { Transport } from './transport.js';
import type { Link } from './warm-connection.js';
import { createWarmTransport } from './warm-transport.js';

const SECOND = 1000;
const CONNECT_TIMEOUT_MS = 10 * SECOND;
const KEEPALIVE_INTERVAL_MS = 15 * SECOND;
const KEEPALIVE_COUNT = 3;

/** ssh2 marks its errors with a level; everything else comes from the socket. */
function unreachable(target: SshTarget, error: Error & { level?: string }): UnreachableError {
  const authentication = error.level === 'client-authentication';
  const code: UnreachableCode = authentication ? 'authentication' : 'refused';
  const remedy = authentication
    ? 'is the public key in the authorized_keys of this user?'
    : 'is the machine running, and its sshd?';
  const why = authentication ? 'the machine refused the key' : error.message;
  return new UnreachableError(code, `cannot reach ${whereIs(target)}: ${why}; ${remedy}`, { cause: error });
}

function tooSlow(target: SshTarget, ms: number): UnreachableError {
  const why = `no answer within ${ms / SECOND} s; is the machine running, and is the address right?`;
  return new UnreachableError('timeout', `cannot reach ${whereIs(target)}: ${why}`);
}

function wrongHostKey(target: SshTarget, known: HostKey, offered: Buffer): UnreachableError {
  return new UnreachableError(
    'host-key',
    `cannot trust ${target.host}:${target.port}: it showed the host key ${fingerprintOf(offered)}, but the key of this ` +
      `machine is ${known.fingerprint}; another machine answers at this address, or it was made anew without us`,
  );
}

function badConfiguration(target: SshTarget, why: string): UnreachableError {
  return new UnreachableError('configuration', `cannot reach ${whereIs(target)}: ${why}`);
}

/** Resolves when the client is ready; whatever happens before is one UnreachableError or CancelledError. */
function handshake(
  client: Client,
  target: SshTarget,
  known: HostKey,
  signal: AbortSignal | undefined,
): Promise<void> {
  const timeoutMs = target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  let refusal: Error | undefined;
  return new Promise<void>((resolve, reject) => {
    // Own socket: ssh2 leaves Nagle's algorithm on, which costs 40 ms a command.
    const sock = connectTcp({ host: target.host, port: target.port, noDelay: true });
    const settle = (error?: Error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (error === undefined) {
        resolve();
        return;
      }
      sock.destroy();
      reject(refusal ?? error);
    };
    const timer = setTimeout(() => settle(tooSlow(target, timeoutMs)), timeoutMs);
    const abort = () => settle(new CancelledError());
    signal?.addEventListener('abort', abort, { once: true });
    // These stay for the life of the client: an error without a listener would end the process.
    sock.on('error', (error) => settle(unreachable(target, error)));
    client.on('error', (error) => settle(unreachable(target, error)));
    client.on('close', () =>
      settle(unreachable(target, new Error('it closed the connection during the handshake'))),
    );
    client.on('ready', () => settle());
    client.connect({
      sock,
      username: target.user,
      privateKey: target.privateKey,
      readyTimeout: 0,
      keepaliveInterval: KEEPALIVE_INTERVAL_MS,
      keepaliveCountMax: KEEPALIVE_COUNT,
      // Without it ssh2 asks for 'none' first, a wasted round trip.
      authHandler: ['publickey'],
      algorithms: { serverHostKey: [...known.algorithms] },
      hostVerifier: (offered: Buffer) => {
        if (known.matches(offered)) return true;
        refusal = wrongHostKey(target, known, offered);
        return false;
      },
    });
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

function exec(client: Client, target: SshTarget, command: string): Promise<ShellStreams> {
  return new Promise<ClientChannel>((resolve, reject) => {
    // Throws at once when the connection is gone.
    client.exec(command, (error, channel) => {
      if (error === undefined) resolve(channel);
      else reject(error);
    });
  }).then(streamsOf, (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreachableError('lost', `cannot start a command at ${whereIs(target)}: ${why}`, {
      cause: error,
    });
  });
}

async function openLink(target: SshTarget, signal: AbortSignal | undefined): Promise<Link> {
  if (signal?.aborted === true) throw new CancelledError();
  const known = readHostKey(target.hostKey);
  if (known === undefined) {
    throw badConfiguration(target, 'its host key is not known; a connection without one would not be safe');
  }
  const client = new Client();
  try {
    await handshake(client, target, known, signal);
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof CancelledError) throw error;
    // The only thing that ssh2 throws at once is a key that it cannot read; its text could hold a part of it.
    throw badConfiguration(
      target,
      'the private key cannot be read; it must be OpenSSH or PEM without a passphrase',
    );
  }
  const state = { open: true };
  client.on('close', () => (state.open = false)).on('error', () => (state.open = false));
  return {
    label: whereIs(target),
    startTimeoutMs: (target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS) + 2 * SECOND,
    get open() {
      return state.open;
    },
    exec: (command) => exec(client, target, command),
    close: () => {
      state.open = false;
      client.destroy();
    },
  };
}

/** Everything that a connection depends on: with another value it is another connection. */
const TARGET_FIELDS = ['host', 'port', 'user', 'privateKey', 'hostKey'] as const;

/**
 * Machines over ssh: publickey only, the host key verified, one connection for each host kept for the next run.
 * `targetFor` may throw; its message becomes the reason why the host is unreachable.
 */
export function createSshTransport(options: { targetFor: (host: string) => SshTarget }): Transport {
  return createWarmTransport((host) => {
    const target = options.targetFor(host);
    return {
      slot: host,
      version: JSON.stringify(TARGET_FIELDS.map((field) => target[field])),
      open: (signal) => openLink(target, signal),
    };
  });
}
