import { UnreachableError } from './errors.js';
import type { SshTarget } from './ssh-target.js';
import type { Transport } from './transport.js';
import { WarmConnection, type Link } from './warm-connection.js';

/** How a transport finds and opens a machine. */
export interface LinkOpener {
  /** Says where a host is. May throw; its message becomes the reason why the host is unreachable. */
  readonly targetFor: (host: string) => SshTarget;
  /** Rejects with UnreachableError or CancelledError. */
  readonly openLink: (target: SshTarget, signal: AbortSignal | undefined) => Promise<Link>;
}

const TARGET_FIELDS = ['host', 'port', 'user', 'privateKey', 'hostKey'] as const;

function isSameTarget(left: SshTarget, right: SshTarget): boolean {
  return TARGET_FIELDS.every((field) => left[field] === right[field]);
}

/** A transport that keeps one connection for each host until it breaks, its target changes, or close(). */
export function createWarmTransport({ targetFor, openLink }: LinkOpener): Transport {
  const connections = new Map<string, Promise<WarmConnection>>();

  const findTarget = (host: string): SshTarget => {
    try {
      return targetFor(host);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UnreachableError('configuration', `cannot reach ${host}: ${why}`, { cause: error });
    }
  };

  const connectAnew = (host: string, target: SshTarget, signal: AbortSignal | undefined) => {
    const opening = openLink(target, signal).then((link) => new WarmConnection(link));
    connections.set(host, opening);
    opening.catch(() => {
      if (connections.get(host) === opening) connections.delete(host);
    });
    return opening;
  };

  return {
    async connect(host, { signal }) {
      const target = findTarget(host);
      // Another run's failure to connect is that run's; this one tries itself.
      const known = await connections.get(host)?.catch(() => undefined);
      const usable = known !== undefined && isSameTarget(known.target, target) && (await known.isAlive());
      if (usable) return known;
      known?.close();
      return connectAnew(host, target, signal);
    },
    async close() {
      const all = [...connections.values()];
      connections.clear();
      const ended = await Promise.allSettled(all);
      for (const each of ended) if (each.status === 'fulfilled') each.value.close();
    },
  };
}
