import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { processesLike, untilGone } from '../testing/process-list.js';
import { makeSshHome, type SshHomeFolder } from '../testing/ssh-home.js';
import { startSshd, type TestSshd } from '../testing/sshd.js';
import { createInventoryTransport } from './inventory-transport.js';
import type { Connection, RemoteLimits, RemoteRequest, Transport } from './transport.js';

let home: SshHomeFolder;
let sshd: TestSshd;
beforeAll(async () => {
  sshd = await startSshd();
  const { host, port, hostKey, privateKey } = sshd.target;
  home = await makeSshHome({ id_ed25519: privateKey, known_hosts: `[${host}]:${port} ${hostKey}\n` });
});
afterAll(async () => {
  await sshd.stop();
  await home.remove();
});

const CAP = 100_000;
const MOST_GROWTH = 8_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is held, in bytes; not what only waits to be collected. Buffers are given back beside the collection, so the second one counts. */
function memoryInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What both kinds of connection promise. */
describe.each(['ssh', 'local'] as const)('a machine (%s)', (kind) => {
  let transport: Transport;
  let connection: Connection;
  beforeAll(async () => {
    const { host: address, port, user } = sshd.target;
    transport = createInventoryTransport({
      homeFolder: home.homeFolder,
      userName: user,
      wishes: { kind, address, port },
    });
    connection = await transport.connect('machine', {});
  });
  afterAll(() => transport.close());

  const run = (script: string, more: Partial<RemoteRequest> = {}, limits: Partial<RemoteLimits> = {}) =>
    connection.run(
      { script, become: undefined, isolated: true, ...more },
      { outputCapBytes: CAP, ...limits },
    );

  test('is the same for the next task whatever one task does', async () => {
    const probe = 'echo "$PWD $(umask) ${X-unset}"; cat; echo error >&2';
    const before = await run(probe);

    for (const script of [
      'exit 3',
      'exec true',
      'cat',
      'cd /',
      'export X=1',
      'umask 0',
      'kill $$',
      'sleep 99 &',
      'exec >&- 2>&-',
      "trap '' TERM; kill 0",
    ]) {
      await run(script);
      expect(await run(probe), script).toEqual(before);
    }
  });

  test.each([true, false])(
    'is rid of a task within two seconds of its end being wanted (isolated: %s)',
    async (isolated) => {
      const aborting = new AbortController();
      const command = `sleep 97.${kind.length}${isolated ? 1 : 2}`;
      const running = run(command, { isolated }, { signal: aborting.signal });
      running.catch(() => undefined);
      await vi.waitUntil(() => processesLike(command).length > 0, { timeout: 10_000 });
      const started = Date.now();

      aborting.abort();

      await expect(running).rejects.toMatchObject({ name: 'CancelledError' });
      // The end is known when the leader of the group is gone; the others have had the same signal.
      await untilGone(command, 2000);
      expect(Date.now() - started).toBeLessThan(2000);
    },
  );

  test.each([true, false])(
    'may print for ever: it is cut, and memory stays flat (isolated: %s)',
    async (isolated) => {
      const before = memoryInUse();
      const growth: number[] = [];
      const watch = setInterval(() => growth.push(memoryInUse() - before), 50);

      const output = await run("trap '' TERM; yes", { isolated }).finally(() => clearInterval(watch));

      expect([output.ended, output.stdout.length]).toEqual(['output', CAP]);
      expect(growth).not.toEqual([]);
      expect(Math.max(...growth)).toBeLessThan(MOST_GROWTH);
      expect((await run('echo next')).stdout.toString()).toBe('next\n');
    },
  );
});
