import { UnreachableError } from './errors.js';
import type { ConnectionWishes, Transport } from './transport.js';
import { WarmConnection, type Link } from './warm-connection.js';

/** How one machine is reached. */
export interface Way {
  /** One connection is kept for each slot. */
  readonly slot: string;
  /** Says what the connection depends on besides; a kept one of another version is closed. */
  readonly version: string;
  /** Rejects with UnreachableError or CancelledError. */
  readonly open: (signal: AbortSignal | undefined) => Promise<Link>;
}

/** May throw; the message becomes the reason why the host is unreachable. */
export type FindWay = (host: string, wishes: ConnectionWishes) => Way | Promise<Way>;

interface Kept {
  readonly version: string;
  readonly connection: Promise<WarmConnection>;
}

async function find(findWay: FindWay, host: string, wishes: ConnectionWishes): Promise<Way> {
  try {
    return await findWay(host, wishes);
  } catch (error) {
    if (error instanceof UnreachableError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreachableError('configuration', `cannot reach ${host}: ${why}`, { cause: error });
  }
}

/** A transport that keeps connections until they break, their version changes, or close(). */
export function createWarmTransport(findWay: FindWay): Transport {
  const kept = new Map<string, Kept>();

  const connectAnew = (way: Way, signal: AbortSignal | undefined) => {
    const opening = {
      version: way.version,
      connection: way.open(signal).then((link) => new WarmConnection(link)),
    };
    kept.set(way.slot, opening);
    opening.connection.catch(() => {
      if (kept.get(way.slot) === opening) kept.delete(way.slot);
    });
    return opening.connection;
  };

  return {
    async connect(host, { signal, wishes = {} }) {
      const way = await find(findWay, host, wishes);
      const known = kept.get(way.slot);
      // At once: whoever asks at the same time shares the one that is being opened.
      if (known === undefined) return connectAnew(way, signal);
      // Another run's failure to connect is that run's; this one tries itself.
      const connection = await known.connection.catch(() => undefined);
      if (connection === undefined) return connectAnew(way, signal);
      if (known.version === way.version && (await connection.isAlive())) return connection;
      connection.close();
      return connectAnew(way, signal);
    },
    async close() {
      const all = [...kept.values()];
      kept.clear();
      const ended = await Promise.allSettled(all.map(({ connection }) => connection));
      for (const each of ended) if (each.status === 'fulfilled') each.value.close();
    },
  };
}
