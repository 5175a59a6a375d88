import { createClient, type Client } from 'graphql-ws';

/** What the connection of live updates is doing. */
type Connection = 'connecting' | 'open' | 'lost';

/** The connection as it is now; a new object after every change. */
export interface Live {
  /** Null while nobody follows. */
  client: Client | null;
  connection: Connection;
}

/** A connection to the API's subscriptions, open for as long as somebody subscribes to it. */
export interface LiveStore {
  subscribe: (listener: () => void) => () => void;
  snapshot: () => Live;
  /** Opens a new connection in place of one that the server closed for good. */
  reopen: () => void;
}

const KEEP_ALIVE_MS = 15_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const CLOSED: Live = { client: null, connection: 'connecting' };

/** Makes the store of one connection; nothing is opened before the first subscriber. */
export function createLiveStore(url: string): LiveStore {
  const listeners = new Set<() => void>();
  let live = CLOSED;
  const tell = (next: Live): void => {
    live = next;
    for (const listener of listeners) listener();
  };
  const open = (): Client => {
    const client: Client = createClient({
      url,
      keepAlive: KEEP_ALIVE_MS,
      retryAttempts: Number.MAX_SAFE_INTEGER,
      shouldRetry: () => true,
      retryWait: (retries) => wait(Math.min(FIRST_RETRY_MS * 2 ** retries, LONGEST_RETRY_MS)),
      on: {
        connected: () => turn('open'),
        closed: () => turn('lost'),
      },
    });
    // What an old client says after it was replaced is nobody's concern.
    const turn = (connection: Connection): void => {
      if (live.client === client) tell({ client, connection });
    };
    return client;
  };
  const close = (): void => {
    void live.client?.dispose();
    live = CLOSED;
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (!live.client) live = { client: open(), connection: 'connecting' };
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
    snapshot: () => live,
    reopen: () => {
      if (listeners.size === 0) return;
      close();
      tell({ client: open(), connection: 'connecting' });
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
