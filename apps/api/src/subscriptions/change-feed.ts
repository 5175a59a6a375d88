import { Client } from 'pg';
import type { Logger } from 'pino';

/** One change of one row, as the triggers in the database tell it: ids only, nothing of the row itself. */
export interface TableChange {
  table: string;
  id: number;
  op: 'INSERT' | 'UPDATE' | 'DELETE';
  /** The run that a `run_event` belongs to. */
  run?: number;
}

/** What a listener of the feed is told. */
interface FeedListener {
  /** Rows changed; committed, in the order of the commits. */
  changed(changes: readonly TableChange[]): void;
  /** The connection was lost and is back: changes in between were missed, so everything has to be read again. */
  resynchronize(): void;
}

/** The process's one connection to the database's notifications. */
export interface ChangeFeed {
  /** Adds a listener; the returned function removes it. */
  listen(listener: FeedListener): () => void;
  isConnected(): boolean;
  /** How many listeners there are; a subscription that ended must not be among them. */
  listeners(): number;
  close(): Promise<void>;
}

const CHANNEL = 'tenon_changes';
/** Several triggers fire for one save (a table each of the inheritance); waiting this long makes one batch of them. */
const BATCH_MS = 10;
/** A connection whose peer vanished without a word is found by asking it. */
const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 1_000;

/** Opens the feed. @throws when the first connection fails; later losses are mended by reconnecting every second. */
export async function openChangeFeed(databaseUrl: string, logger: Logger): Promise<ChangeFeed> {
  const listeners = new Set<FeedListener>();
  let client: Client | null = null;
  let isClosed = false;
  let reconnect: NodeJS.Timeout | undefined;

  const batch = batcher((changes) => {
    for (const listener of listeners) listener.changed(changes);
  });

  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: databaseUrl, application_name: 'tenon-api-changes' });
    next.on('notification', ({ payload }) => {
      const change = readChange(payload ?? '');
      if (change) batch(change);
    });
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, new Error('the connection ended')));
    await next.connect();
    await next.query(`LISTEN ${CHANNEL}`);
    client = next;
  };

  const lost = (which: Client, error: Error): void => {
    if (which !== client || isClosed) return;
    client = null;
    logger.warn({ err: error }, 'lost the change feed; reconnecting');
    which.end().catch(() => undefined);
    retry();
  };

  const retry = (): void => {
    reconnect = setTimeout(() => {
      connect().then(
        () => {
          logger.info('the change feed is back');
          for (const listener of listeners) listener.resynchronize();
        },
        () => {
          if (!isClosed) retry();
        },
      );
    }, RECONNECT_MS);
  };

  const heartbeat = setInterval(() => {
    const current = client;
    current?.query('SELECT 1').catch((error: unknown) => lost(current, error as Error));
  }, HEARTBEAT_MS);

  await connect();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isConnected: () => client !== null,
    listeners: () => listeners.size,
    async close() {
      isClosed = true;
      clearInterval(heartbeat);
      clearTimeout(reconnect);
      await client?.end();
    },
  };
}

function batcher(deliver: (changes: readonly TableChange[]) => void): (change: TableChange) => void {
  let pending: TableChange[] = [];
  return (change) => {
    pending.push(change);
    if (pending.length > 1) return;
    setTimeout(() => {
      const changes = pending;
      pending = [];
      deliver(changes);
    }, BATCH_MS);
  };
}

/** The payload as a change, or null when it is none of ours: anyone who can connect may notify the channel. */
function readChange(payload: string): TableChange | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { table, id, op, run } = value as Partial<Record<keyof TableChange, unknown>>;
  if (typeof table !== 'string' || typeof id !== 'number') return null;
  if (op !== 'INSERT' && op !== 'UPDATE' && op !== 'DELETE') {
    return typeof run === 'number' ? { table, id, op: 'INSERT', run } : null;
  }
  return { table, id, op, ...(typeof run === 'number' ? { run } : {}) };
}
