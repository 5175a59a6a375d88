import ssh2 from 'ssh2';
import { dialTcp } from './dial.js';
import { fingerprintOf, readHostKey, type HostKey } from './host-key.js';
import { cannotReach, openSshLink, type HostTrust } from './ssh-link.js';
import { whereIs, type SshTarget } from './ssh-target.js';
import type { Transport } from './transport.js';
import { createWarmTransport } from './warm-transport.js';
import type { Link } from './warm-connection.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** Exactly this key. */
function pinned(known: HostKey): HostTrust {
  return {
    algorithms: known.algorithms,
    judge: (offered) =>
      known.matches(offered)
        ? undefined
        : `it showed the host key ${fingerprintOf(offered)}, but the key of this machine is ${known.fingerprint}; ` +
          'another machine answers at this address, or it was made anew without us',
  };
}

function openLink(target: SshTarget, signal: AbortSignal | undefined): Promise<Link> {
  const label = whereIs(target);
  const known = readHostKey(target.hostKey);
  if (known === undefined) {
    const why = 'its host key is not known; a connection without one would not be safe';
    throw cannotReach('configuration', label, why);
  }
  // The reason of ssh2 could hold a part of the key.
  if (ssh2.utils.parseKey(target.privateKey) instanceof Error) {
    const why = 'the private key cannot be read; it must be OpenSSH or PEM without a passphrase';
    throw cannotReach('configuration', label, why);
  }
  const { host, port, user, privateKey } = target;
  return openSshLink(
    {
      label,
      user,
      dial: () => dialTcp(host, port),
      trust: pinned(known),
      identities: [{ type: 'publickey', username: user, key: privateKey }],
      remedy: 'is the public key in the authorized_keys of this user?',
      timeoutMs: target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    },
    signal,
  );
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
      // Also what it throws at once is a rejection.
      open: async (signal) => openLink(target, signal),
    };
  });
}
