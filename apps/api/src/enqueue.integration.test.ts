import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openHints } from './enqueue.js';
import { PATIENCE } from './testing/patience.js';
import type { TestClient } from './testing/test-client.js';
import { startTestApi } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

const CREATE = 'mutation ($text: String!) { createExampleTenant(input: { tenantMessage: $text }) { id } }';
const UPDATE =
  'mutation ($id: Int!, $text: String!) { updateExampleTenant(id: $id, input: { tenantMessage: $text }) { id } }';
const SAVES = 50;
const isAlone = process.env['TENON_TEST_LATENCY'] !== undefined;

interface Worker {
  on(event: 'error', listener: () => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

/** The keys that a worker was woken for, with the time at which its job began. */
interface Woken {
  jobs: { key: string; name: string; at: number }[];
  worker: Worker;
}

type Work = (job: { data: { key: string }; name: string }) => Promise<void>;

function openWorker(api: TestApi, work: Work): Worker {
  const { databaseUrl, redisUrl } = api.app.config;
  if (redisUrl === null) {
    const { Worker } = withBackend(createPostgresBackend);
    return new Worker('reconcile', work, {
      connection: { connectionString: databaseUrl, schema: 'bullmq', migrate: true },
    });
  }
  const { Worker } = withBackend(createRedisBackend);
  return new Worker('reconcile', work, { connection: { url: redisUrl, maxRetriesPerRequest: null } });
}

async function startWorker(
  api: TestApi,
  during: () => Promise<void> = () => Promise.resolve(),
): Promise<Woken> {
  const jobs: Woken['jobs'] = [];
  const worker = openWorker(api, async ({ data, name }) => {
    jobs.push({ key: data.key, name, at: performance.now() });
    await during();
  });
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return { jobs, worker };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis of this test alone, without persistence. */
async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const server: ChildProcess = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
  ]);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill();
      await once(server, 'exit');
    },
  };
}

describe.each(['PostgreSQL', 'Redis'])('the queue on %s', (kind) => {
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null;
  let api: TestApi;
  let admin: TestClient;
  beforeAll(async () => {
    redis = kind === 'Redis' ? await startRedis() : null;
    api = await startTestApi({ redisUrl: redis?.url ?? null });
    admin = await api.signIn();
    await admin.ask(`mutation { createExampleService(input: {
      name: "MyExample", versionNumber: "1", slices: [{ name: "mysite_queue", siteId: 1 }] }) { id } }`);
  });
  afterAll(async () => {
    await api.stop();
    await redis?.stop();
  });

  it('wakes the worker for everything that a save made', async () => {
    const { jobs, worker } = await startWorker(api);

    await admin.ask(CREATE, { text: 'hello' });

    await expect
      .poll(() => jobs.map(({ key }) => key), PATIENCE)
      .toEqual(expect.arrayContaining(['tenant-1', 'instance-1']));
    expect(jobs.find(({ key }) => key === 'tenant-1')?.name).toBe('tenant');
    await worker.close();
  });

  it('wakes it again for an edit that was made while it worked', async () => {
    let finish: () => void = () => undefined;
    const { jobs, worker } = await startWorker(api, () => new Promise((resolve) => (finish = resolve)));
    const ofTenant = () => jobs.filter(({ key }) => key === 'tenant-1').length;

    await admin.ask(UPDATE, { id: 1, text: 'first' });
    await expect.poll(ofTenant, PATIENCE).toBe(1);
    await admin.ask(UPDATE, { id: 1, text: 'second' });
    await admin.ask(UPDATE, { id: 1, text: 'third' });
    finish();

    await expect.poll(ofTenant, PATIENCE).toBe(2);
    finish();
    await worker.close();
    expect(ofTenant()).toBe(2);
  });

  it('says nothing of a save that failed', async () => {
    const { jobs, worker } = await startWorker(api);

    await admin.fail(CREATE, { text: '' });
    await admin.fail('mutation { createSlice(input: { name: "wrong_prefix", siteId: 1 }) { id } }');
    await admin.ask('mutation { syncNow(type: "ExampleTenant", id: 1) }');

    await expect.poll(() => jobs.map(({ key }) => key), PATIENCE).toEqual(['tenant-1']);
    await worker.close();
  });

  // A figure of this program, not of the suites beside it: npm test runs it by itself.
  it.runIf(isAlone)(`starts the job within 100 ms of the commit (p95 of ${SAVES} saves)`, async () => {
    const { jobs, worker } = await startWorker(api);
    const { hints } = api.app;
    const committed: number[] = [];
    const { enqueue } = hints;
    // The hint is sent right after the commit, so that is where the clock starts.
    hints.enqueue = (keys) => {
      committed.push(performance.now());
      enqueue(keys);
    };

    for (let save = 1; save <= SAVES; save++) {
      await admin.ask(UPDATE, { id: 1, text: `save ${save}` });
      await expect.poll(() => jobs.length, { interval: 1, ...PATIENCE }).toBe(save);
    }
    hints.enqueue = enqueue;

    const waits = jobs.map(({ at }, save) => at - (committed[save] ?? 0)).sort((a, b) => a - b);
    const p95 = waits[Math.ceil(SAVES * 0.95) - 1] ?? Infinity;
    console.log(`commit → job start on ${kind}: p95 ${p95.toFixed(1)} ms of ${SAVES} saves`);
    expect(p95).toBeLessThanOrEqual(100);
    await worker.close();
  });
});

describe('an unreachable queue', () => {
  it('does not fail the save', async () => {
    const api = await startTestApi({ redisUrl: `redis://127.0.0.1:${await freePort()}` });
    const admin = await api.signIn();

    const answer = await admin.ask(
      'mutation { createSlice(input: { name: "mysite_a", siteId: 1 }) { syncState } }',
    );

    expect(answer).toEqual({ createSlice: { syncState: 'PENDING' } });
    await api.stop();
  });

  it('is reported in the log, and nothing piles up in memory', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line) => lines.push(line) });
    const hints = openHints({ databaseUrl: '', redisUrl: `redis://127.0.0.1:${await freePort()}` }, logger);

    hints.enqueue(['tenant-1']);

    await expect.poll(() => lines.join(''), PATIENCE).toContain('the sweep will find the work');
    await hints.close();
  });
});
