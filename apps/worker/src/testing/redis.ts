import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { Redis } from 'ioredis';

/** A Redis of one test file, without persistence: killed and started again, it has forgotten everything. */
export interface TestRedis {
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Starts redis-server (apt-get install redis-server) on a free port of the loopback. */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;
  const redis: TestRedis = {
    url,
    start: async () => {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      server = spawn('redis-server', options, { stdio: 'ignore' });
      await Promise.race([untilItAnswers(url), failure(server)]);
    },
    kill: async () => {
      if (server === null) return;
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      server = null;
    },
  };
  await redis.start();
  return redis;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('cannot find a free port');
  return address.port;
}

async function untilItAnswers(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

async function failure(server: ChildProcess): Promise<never> {
  const events: unknown[] = await Promise.race([once(server, 'error'), once(server, 'exit')]);
  throw new Error(`cannot start redis-server: ${String(events[0])}; is it installed?`);
}
