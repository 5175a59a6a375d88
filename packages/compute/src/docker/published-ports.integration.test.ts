import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriverUnderTest } from '../contract/driver-contract.js';
import { createHostKey } from '../host-key.js';
import { testEngine, type TestEngine } from '../testing/engine.js';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.js';
import { dockerPlace } from '../testing/place.js';
import { sshLogin } from '../testing/ssh-login.js';

describe('an engine whose bridges are out of reach', () => {
  let engine: TestEngine;
  let rootless: FakeEngine;
  let place: DriverUnderTest;

  beforeAll(async () => {
    engine = await testEngine();
    // The real engine, but for its word that it is a rootless one.
    rootless = await fakeEngine({ '/info': { NCPU: 1, SecurityOptions: ['name=rootless'] } }, engine.socket);
    // Chosen at the real engine: a rootless one need not care for this host's interfaces.
    const { nat } = await dockerPlace(engine.socket, randomUUID());
    place = { ...(await dockerPlace(rootless.socket, randomUUID())), nat };
    await place.driver.ensureImage(place.image);
    await place.driver.createNetwork(nat);
  }, 300_000);

  afterAll(async () => {
    for (const { name } of await place.driver.list()) await place.driver.delete(name);
    await place.driver.deleteNetwork('nat');
    await rootless.stop();
    await engine.stop();
  });

  it('publishes ssh and web on this host only, and says where to dial', async () => {
    const client = createHostKey();

    const machine = await place.driver.create({
      name: 'mysite_published-1',
      owner: 'instance-1',
      image: place.image,
      flavor: { memoryMib: 256, cpus: 1 },
      networks: [{ key: 'nat', address: place.nat.subnet.replace('.0.0/16', '.7.11') }],
      authorizedKeys: [client.publicKey],
      loginUser: 'ubuntu',
    });

    expect(machine.state).toBe('running');
    expect(machine.ssh).toEqual({ host: '127.0.0.1', port: expect.any(Number) as number });
    expect(machine.ssh.port).toBeGreaterThan(1023);
    expect(machine.reachableAt).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}\/$/);
    expect(await sshLogin(machine, client.privateKey, 'true')).toMatchObject({ code: 0 });
  });
});
