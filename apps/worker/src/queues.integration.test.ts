import { createTestDatabase, type TestDatabase } from '@tenon/model/testing/database';
import type { ObjectKey } from '@tenon/reconciler/object-key';
import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { openQueues, type Queues, type SweepName } from './queues.js';
import { startTestRedis, type TestRedis } from './testing/redis.js';

const logger = pino({ level: 'silent' });
let database: TestDatabase;
let redis: TestRedis;
beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
});
afterAll(async () => {
  await redis.kill();
  await database.drop();
});

const until = (condition: () => void, timeout = 10_000) => vi.waitFor(condition, { timeout, interval: 10 });

describe.each(['PostgreSQL', 'Redis'] as const)('the queue on %s', (kind) => {
  const open: Queues[] = [];
  const config = () => ({ databaseUrl: database.url, redisUrl: kind === 'Redis' ? redis.url : null });
  const openOne = () => {
    const queues = openQueues(config(), logger);
    open.push(queues);
    return queues;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queues) => queues.close()));
  });

  /** A consumer that remembers what it was given; `reconcile` may be made to last. */
  async function start(reconcile: (key: ObjectKey) => Promise<void> = () => Promise.resolve()) {
    const queues = openOne();
    const keys: ObjectKey[] = [];
    const sweeps: SweepName[] = [];
    await queues.start({
      reconcile: async (key) => {
        keys.push(key);
        await reconcile(key);
      },
      sweep: (name) => {
        sweeps.push(name);
        return Promise.resolve();
      },
    });
    return { queues, keys, sweeps };
  }

  function latch() {
    let release = (): void => undefined;
    const opened = new Promise<void>((resolve) => (release = resolve));
    return { opened, release };
  }

  /** A worker that takes a job, never ends it, and can be made to vanish without giving it back. */
  function startDyingWorker(taken: string[]): () => Promise<void> {
    const process = async (job: { data: { key: string } }) => {
      taken.push(job.data.key);
      await new Promise(() => undefined);
    };
    const options = { lockDuration: 6_000, skipLockRenewal: true };
    if (kind === 'PostgreSQL') {
      const { Worker } = withBackend(createPostgresBackend);
      const connection = { connectionString: database.url, schema: 'bullmq', migrate: true };
      const worker = new Worker<{ key: string }>('reconcile', process, { connection, ...options });
      return () => worker.close(true);
    }
    const { Worker } = withBackend(createRedisBackend);
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const worker = new Worker<{ key: string }>('reconcile', process, { connection, ...options });
    return async () => {
      await worker.close(true);
      connection.disconnect();
    };
  }

  it('brings a hint to the reconciler', async () => {
    const { queues, keys } = await start();

    await queues.sendHints(['tenant-7', 'instance-3']);

    await until(() => expect(keys.toSorted()).toEqual(['instance-3', 'tenant-7']));
  });

  it('looks at an object once for many hints that wait together', async () => {
    const gate = latch();
    const { queues, keys } = await start((key) =>
      key.startsWith('slice-') ? gate.opened : Promise.resolve(),
    );
    const busy = Array.from({ length: 8 }, (_, index): ObjectKey => `slice-${index + 1}`);
    await queues.sendHints(busy);
    await until(() => expect(keys).toHaveLength(8));

    for (let index = 0; index < 5; index += 1) await queues.sendHints(['tenant-7']);
    gate.release();
    await until(() => expect(keys).toContain('tenant-7'));
    await queues.sendHints(['tenant-8']);
    await until(() => expect(keys).toContain('tenant-8'));

    expect(keys.filter((key) => key === 'tenant-7')).toHaveLength(1);
  });

  it('looks again afterwards when a hint comes while its object is being worked on', async () => {
    const gate = latch();
    const { queues, keys } = await start(() => gate.opened);
    await queues.sendHints(['tenant-7']);
    await until(() => expect(keys).toHaveLength(1));

    await queues.sendHints(['tenant-7']);
    await queues.sendHints(['tenant-7']);
    gate.release();

    await until(() => expect(keys).toEqual(['tenant-7', 'tenant-7']));
  });

  it('goes on after a job that threw', async () => {
    const { queues, keys } = await start((key) =>
      key === 'tenant-7' ? Promise.reject(new Error('boom')) : Promise.resolve(),
    );

    await queues.sendHints(['tenant-7']);
    await until(() => expect(keys).toContain('tenant-7'));
    await queues.sendHints(['tenant-8']);

    await until(() => expect(keys).toContain('tenant-8'));
  });

  it('sweeps every second, once for all workers', async () => {
    const first = await start();
    const second = await start();
    const count = () => [...first.sweeps, ...second.sweeps].filter((name) => name === 'due').length;
    await until(() => expect(count()).toBeGreaterThan(0));

    const before = count();
    const startedAt = performance.now();
    await until(() => expect(count()).toBeGreaterThanOrEqual(before + 4));

    // Two workers that each kept their own time would need half of it.
    expect(performance.now() - startedAt).toBeGreaterThan(2800);
    await until(() => expect([...first.sweeps, ...second.sweeps]).toContain('machines'), 7000);
  });

  it('waits for the running job when it closes, and leaves the rest to others', async () => {
    const gate = latch();
    const { queues, keys } = await start(() => gate.opened);
    await queues.sendHints(['tenant-7']);
    await until(() => expect(keys).toHaveLength(1));

    let closed = false;
    const closing = queues.close().then(() => (closed = true));
    await openOne().sendHints(['tenant-8']);
    expect(closed).toBe(false);
    gate.release();
    await closing;

    const other = await start();
    await until(() => expect(other.keys).toEqual(['tenant-8']));
  });

  it('gives the job of a dead worker to another one within 12 s', { timeout: 30_000 }, async () => {
    const taken: string[] = [];
    const dying = startDyingWorker(taken);
    const sender = openOne();
    await sender.sendHints(['tenant-7']);
    await until(() => expect(taken).toEqual(['tenant-7']));
    await dying();

    const { keys } = await start();

    await until(() => expect(keys).toContain('tenant-7'), 12_000);
  });

  it('starts a hint within 100 ms of being sent, and prints the p95 of 50', async () => {
    const times: number[] = [];
    let sentAt = 0;
    const { queues, keys } = await start(() => {
      times.push(performance.now() - sentAt);
      return Promise.resolve();
    });
    await queues.sendHints(['slice-1']);
    await until(() => expect(keys).toHaveLength(1));
    times.length = 0;

    for (let index = 0; index < 50; index += 1) {
      sentAt = performance.now();
      await queues.sendHints([`tenant-${index + 1}`]);
      await until(() => expect(times).toHaveLength(index + 1));
    }

    const sorted = times.toSorted((a, b) => a - b);
    const [p50 = Infinity, p95 = Infinity] = [sorted[24], sorted[47]];
    console.log(`hint → start on ${kind}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    // The middle one: a busy machine delays some of them, polling instead of being woken would delay them all.
    expect(p50).toBeLessThan(100);
  });
});

describe('losing the queue', () => {
  it('heals by itself when PostgreSQL ends all its connections', async () => {
    const queues = openQueues({ databaseUrl: database.url, redisUrl: null }, logger);
    const keys: ObjectKey[] = [];
    const sweeps: SweepName[] = [];
    await queues.start({
      reconcile: (key) => Promise.resolve(void keys.push(key)),
      sweep: (name) => Promise.resolve(void sweeps.push(name)),
    });
    await queues.sendHints(['tenant-7']);
    await until(() => expect(keys).toHaveLength(1));

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    sweeps.length = 0;

    await until(() => {
      void queues.sendHints(['tenant-8']);
      expect(keys).toContain('tenant-8');
      expect(sweeps).toContain('due');
    });
    await queues.close();
  });

  it(
    'heals by itself when Redis is killed and comes back empty, the sweeps included',
    { timeout: 40_000 },
    async () => {
      const queues = openQueues({ databaseUrl: database.url, redisUrl: redis.url }, logger);
      const keys: ObjectKey[] = [];
      const sweeps: SweepName[] = [];
      await queues.start({
        reconcile: (key) => Promise.resolve(void keys.push(key)),
        sweep: (name) => Promise.resolve(void sweeps.push(name)),
      });
      await queues.sendHints(['tenant-7']);
      await until(() => expect(keys).toHaveLength(1));

      await redis.kill();
      await queues.sendHints(['tenant-9']);
      await redis.start();
      sweeps.length = 0;

      await until(() => {
        void queues.sendHints(['tenant-8']);
        expect(keys).toContain('tenant-8');
        expect(sweeps).toContain('due');
      }, 20_000);
      await queues.close();
    },
  );
});
