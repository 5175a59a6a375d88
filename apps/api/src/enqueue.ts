import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Wakes the worker. What it says is only a hint: an object that no hint names is found by the worker's sweep. */
export interface Hints {
  /**
   * Tells the worker to look at these objects (`tenant-7`). Returns at once and never fails: an unreachable queue is
   * logged, and the sweep finds the object.
   */
  enqueue: (keys: readonly string[]) => void;
  close(): Promise<void>;
}

/** What the producer needs of a queue; both backends have it. */
interface Producer {
  add(name: string, data: { key: string }, options: object): Promise<unknown>;
  close(): Promise<void>;
}

const QUEUE = 'reconcile';

/** Opens the producer's end of the queue: on Redis when `redisUrl` is set, else in the database's schema `bullmq`. */
export function openHints(config: { databaseUrl: string; redisUrl: string | null }, logger: Logger): Hints {
  const onError = (error: Error) =>
    logger.warn({ err: error }, 'the queue is unreachable; the sweep will find the work');
  const queue =
    config.redisUrl === null
      ? openOnPostgres(config.databaseUrl, onError)
      : openOnRedis(config.redisUrl, onError);
  // By key, whether to send once more: while the queue is away the hints wait here, one an object.
  const sending = new Map<string, 'again' | 'once'>();
  const send = async (key: string): Promise<void> => {
    do {
      sending.set(key, 'once');
      await queue.add(objectType(key), { key }, optionsFor(key)).catch(onError);
    } while (sending.get(key) === 'again');
    sending.delete(key);
  };
  return {
    enqueue(keys) {
      for (const key of keys) {
        if (sending.has(key)) sending.set(key, 'again');
        else void send(key);
      }
    },
    close: () => queue.close(),
  };
}

/** keepLastIfActive: an edit made while its object is being worked on is looked at again afterwards, not dropped. */
function optionsFor(key: string): object {
  const deduplication = { id: key, keepLastIfActive: true };
  return { deduplication, attempts: 1, removeOnComplete: true, removeOnFail: true };
}

function openOnPostgres(databaseUrl: string, onError: (error: Error) => void): Producer {
  const { Queue } = withBackend(createPostgresBackend);
  const queue = new Queue<{ key: string }>(QUEUE, {
    connection: { connectionString: databaseUrl, schema: 'bullmq', migrate: true, max: 2 },
  });
  queue.on('error', onError);
  return queue;
}

function openOnRedis(redisUrl: string, onError: (error: Error) => void): Producer {
  const { Queue } = withBackend(createRedisBackend);
  // After a loss a hint fails after one retry instead of waiting for Redis: the sweep finds its object sooner.
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  // The queue reports the connection's errors once more.
  connection.on('error', () => undefined);
  const queue = new Queue<{ key: string }>(QUEUE, { connection });
  queue.on('error', onError);
  return {
    add: (name, data, options) => queue.add(name, data, options),
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

function objectType(key: string): string {
  return key.slice(0, key.lastIndexOf('-'));
}
