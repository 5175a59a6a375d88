import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { untilGone } from '../testing/process-list.js';
import { startDelayProxy } from '../testing/delay-proxy.js';
import { startSshd, type TestSshd } from '../testing/sshd.js';
import { generateKeyPair } from './keys.js';
import { createSshTransport } from './ssh.js';
import type { SshTarget } from './ssh-target.js';
import type { RemoteOutput, RemoteRequest, Transport } from './transport.js';

let sshd: TestSshd;
const transports: Transport[] = [];
beforeAll(async () => {
  sshd = await startSshd();
});
afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
});
afterAll(() => sshd.stop());

function open(change: Partial<SshTarget> = {}): Transport {
  const transport = createSshTransport({ targetFor: () => ({ ...sshd.target, ...change }) });
  transports.push(transport);
  return transport;
}

async function run(transport: Transport, script: string, user?: string): Promise<RemoteOutput> {
  const connection = await transport.connect('machine', {});
  return connection.run(
    { script, become: user === undefined ? undefined : { user }, isolated: true },
    { outputCapBytes: 100_000 },
  );
}

/** Kills the sshd process of its own connection: the ancestor of that name. */
const CUT =
  'p=$PPID; while [ "$(cat /proc/$p/comm)" != sshd ]; do p=$(cut -d" " -f4 /proc/$p/stat); done; kill -9 $p; sleep 5';

test('runs a script, and keeps the connection for the next one', async () => {
  const transport = open();

  const output = await run(transport, 'echo "$1" out; echo error >&2; exit 7');

  expect([output.rc, output.stdout.toString(), output.stderr.toString()]).toEqual([7, ' out\n', 'error\n']);
  expect(await transport.connect('machine', {})).toBe(await transport.connect('machine', {}));
});

test('another host key is refused before anything is sent', async () => {
  const transport = open({ hostKey: generateKeyPair('other').publicKey });

  await expect(transport.connect('machine', {})).rejects.toMatchObject({
    name: 'UnreachableError',
    code: 'host-key',
    message: expect.stringContaining('it showed the host key') as string,
  });
});

test('a machine without a known host key is refused', async () => {
  await expect(open({ hostKey: '' }).connect('machine', {})).rejects.toMatchObject({ code: 'configuration' });
});

test('a key that the machine does not know is an authentication failure', async () => {
  const transport = open({ privateKey: generateKeyPair('stranger').privateKey });

  await expect(transport.connect('machine', {})).rejects.toMatchObject({ code: 'authentication' });
});

test('nobody listening is refused at once', async () => {
  await expect(open({ port: 1 }).connect('machine', {})).rejects.toMatchObject({ code: 'refused' });
});

test('a private key that is none, and a target that is not known, are named without showing a key', async () => {
  await expect(open({ privateKey: 'nonsense-secret' }).connect('machine', {})).rejects.toMatchObject({
    code: 'configuration',
    message: expect.not.stringContaining('nonsense-secret') as string,
  });
  const nowhere = createSshTransport({
    targetFor: () => {
      throw new Error('the machine has no address yet');
    },
  });
  await expect(nowhere.connect('machine', {})).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('has no address yet') as string,
  });
});

test('a server that accepts and says nothing is given up after the timeout', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  await expect(open({ port, connectTimeoutMs: 100 }).connect('machine', {})).rejects.toMatchObject({
    code: 'timeout',
  });

  server.close();
});

test('an abort during the connection attempt cancels it', async () => {
  const signal = AbortSignal.timeout(20);

  await expect(open({ host: '10.255.255.1' }).connect('machine', { signal })).rejects.toThrow();
});

test('a connection that breaks in the middle of a command is unreachable, and the next run completes', async () => {
  const transport = open();

  const broken = run(transport, CUT);

  await expect(broken).rejects.toMatchObject({ name: 'UnreachableError' });
  expect((await run(transport, 'echo back')).stdout.toString()).toBe('back\n');
});

test('becoming another user gives that user, and its refusal is no unreachable host', async () => {
  const transport = open();

  expect((await run(transport, 'id -un', 'nobody')).stdout.toString()).toBe('nobody\n');
  await expect(run(transport, 'id', 'no-such-user')).rejects.toMatchObject({ name: 'BecomeError' });
  expect((await run(transport, 'id -un')).rc).toBe(0);
});

describe('over a long way', () => {
  const limits = { outputCapBytes: 100_000 };
  const plain = { isolated: false, become: undefined };

  /** The round trips of the requests, on a connection and shells that are warm. */
  async function roundTripsOf(requests: readonly RemoteRequest[]): Promise<number> {
    const proxy = await startDelayProxy(sshd.target.port, 20);
    const connection = await open({ port: proxy.port }).connect('machine', {});
    const users = [undefined, ...requests.map(({ become }) => become)];
    for (const become of users) await connection.run({ script: ':', isolated: false, become }, limits);
    const before = proxy.roundTrips;
    await Promise.all(requests.map((request) => connection.run(request, limits)));
    const trips = proxy.roundTrips - before;
    proxy.close();
    return trips;
  }

  test('ten plain requests and an isolated one share a round trip', async () => {
    const ten = Array.from({ length: 10 }, (_, index): RemoteRequest => ({
      ...plain,
      script: 'cat',
      stdin: Buffer.from(`${index}`),
      after: 'success',
    }));

    expect(await roundTripsOf([...ten, { ...plain, script: 'echo', isolated: true, after: 'success' }])).toBe(
      1,
    );
  });

  test('what comes behind an isolated request, or as another user, waits for it', async () => {
    const isolated = { ...plain, script: 'echo', isolated: true };

    expect(await roundTripsOf([isolated, { ...plain, script: 'echo' }])).toBe(2);
    expect(
      await roundTripsOf([
        { ...plain, script: 'echo' },
        { ...plain, script: 'echo', become: { user: 'nobody' } },
        { ...plain, script: 'echo' },
      ]),
    ).toBe(3);
  });
});

test('what depends on a failure is skipped, also when it is another user, and when the shell is gone', async () => {
  const connection = await open().connect('machine', {});
  const request = (script: string, more: Partial<RemoteRequest> = {}) =>
    connection.run({ script, isolated: false, become: undefined, ...more }, { outputCapBytes: 1000 });
  const nobody = { user: 'nobody' };

  const outputs = await Promise.all([
    request('true'),
    request('id -un', { become: nobody, after: 'success' }),
    request('exit 1', { after: 'success' }),
    request('echo never', { become: nobody, after: 'success' }),
    request('echo never', { become: nobody, after: 'success' }),
    request('echo independent'),
    request('echo its-shell-dies; kill -9 $$', {}).catch((error: unknown) => error as Error),
    request('echo never', { after: 'success' }).catch((error: unknown) => error as Error),
  ]);

  const shown = outputs.map((output) =>
    output instanceof Error
      ? output.name
      : output.skipped === true
        ? 'skipped'
        : output.stdout.toString().trim(),
  );
  expect(shown.slice(0, 6)).toEqual(['', 'nobody', '', 'skipped', 'skipped', 'independent']);
  expect(shown.slice(6)).toEqual(['UnreachableError', 'UnreachableError']);
});

test('an abort ends a plain command of another user on the machine within two seconds', async () => {
  const connection = await open().connect('machine', {});
  const limits = { outputCapBytes: 1000 };
  const controller = new AbortController();
  const nobody = { user: 'nobody' };
  await connection.run({ script: ':', isolated: false, become: nobody }, limits);

  const script = 'sleep 97.53';
  const running = connection.run(
    { script, isolated: false, become: nobody },
    { ...limits, signal: controller.signal },
  );
  const started = Date.now();
  setTimeout(() => controller.abort(), 100);

  await expect(running).rejects.toMatchObject({ name: 'CancelledError' });
  await untilGone(script, 2000);
  expect(Date.now() - started).toBeLessThan(2000);
});
