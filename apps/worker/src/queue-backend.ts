import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';

const SECOND = 1000;

/**
 * A worker that died gives its jobs back after its lock (renewed at half of its length) and at most two checks: within 10 s.
 * Being taken for dead by mistake is harmless, because the lease on the object decides who works on it.
 */
const RECOVERY = { lockDuration: 6 * SECOND, stalledInterval: 2 * SECOND, maxStalledCount: 1000 };
/** How long the consumer rests after an error of the connection; BullMQ's own 15 s would be a long time without work. */
const RETRY = { runRetryDelay: SECOND };
/** Jobs are hints: nothing is kept of them, and nothing is retried. */
const FORGET = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

interface Job {
  name: string;
  data: { key: string };
}

/** The sending end of a queue. */
export interface Producer {
  add(name: string, data: { key: string }, options: object): Promise<void>;
  /** A job of this name every so many ms, once for all workers. Idempotent. */
  schedule(name: string, everyMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The receiving end of a queue. */
export interface Consumer {
  close(): Promise<void>;
}

/** Where the queues live. */
export interface Backend {
  producer(name: string): Producer;
  consumer(name: string, concurrency: number, process: (job: Job) => Promise<void>): Consumer;
  close(): void;
}

/** BullMQ on Redis when `redisUrl` is set, else in the schema `bullmq` of the database. */
export function openBackend(
  config: { databaseUrl: string; redisUrl: string | null },
  onError: (error: Error) => void,
): Backend {
  return config.redisUrl === null
    ? openOnPostgres(config.databaseUrl, onError)
    : openOnRedis(config.redisUrl, onError);
}

function openOnPostgres(connectionString: string, onError: (error: Error) => void): Backend {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = { connectionString, schema: 'bullmq', migrate: true, max: 2 };
  return {
    producer: (name) => {
      const queue = new Queue<{ key: string }>(name, { connection });
      queue.on('error', onError);
      return producerOf(queue);
    },
    consumer: (name, concurrency, process) => {
      const worker = new Worker<{ key: string }>(name, process, {
        // Jobs arrive by LISTEN, so the pool only starts, renews and ends them.
        connection: { ...connection, max: 3 },
        concurrency,
        ...RECOVERY,
        ...RETRY,
      });
      worker.on('error', onError);
      return worker;
    },
    close: () => undefined,
  };
}

function openOnRedis(url: string, onError: (error: Error) => void): Backend {
  const { Queue, Worker } = withBackend(createRedisBackend);
  // A hint that cannot be sent now is worth little later: it fails after one retry instead of waiting for Redis.
  // (enableOfflineQueue: false would say it better, but BullMQ 6.7 sends a command before the connection is up.)
  const sending = new Redis(url, { maxRetriesPerRequest: 1 });
  // BullMQ demands this of a blocking connection: it waits for Redis as long as it takes.
  const receiving = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [sending, receiving]) connection.on('error', onError);
  return {
    producer: (name) => {
      const queue = new Queue<{ key: string }>(name, { connection: sending });
      queue.on('error', onError);
      return producerOf(queue);
    },
    consumer: (name, concurrency, process) => {
      const worker = new Worker<{ key: string }>(name, process, {
        connection: receiving,
        concurrency,
        ...RECOVERY,
        ...RETRY,
      });
      worker.on('error', onError);
      return worker;
    },
    close: () => {
      sending.disconnect();
      receiving.disconnect();
    },
  };
}

/** The part of BullMQ's Queue that is used here; the queues of both backends have it. */
interface BullQueue {
  add(name: string, data: { key: string }, options: object): Promise<unknown>;
  upsertJobScheduler(id: string, repeat: { every: number }, template: object): Promise<unknown>;
  close(): Promise<void>;
}

function producerOf(queue: BullQueue): Producer {
  return {
    add: async (name, data, options) => {
      await queue.add(name, data, { ...FORGET, ...options });
    },
    schedule: async (name, every) => {
      await queue.upsertJobScheduler(name, { every }, { name, data: { key: name }, opts: FORGET });
    },
    close: () => queue.close(),
  };
}
