import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriverUnderTest } from '../contract/driver-under-test.js';
import type { ComputeDriver } from '../driver.js';
import { createHostKey } from '../host-key.js';
import { readTestConfig } from '../testing/config.js';
import { testEngine, type TestEngine } from '../testing/engine.js';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.js';
import { dockerPlace, leavePlace } from '../testing/place.js';
import { sshLogin } from '../testing/ssh-login.js';
import { createDockerDriver } from './docker-driver.js';
import { socketAddress } from './engine-address.js';

describe('an engine whose bridges are out of reach', () => {
  let engine: TestEngine;
  let rootless: FakeEngine;
  let place: DriverUnderTest;
  let driver: ComputeDriver;

  beforeAll(async () => {
    engine = await testEngine();
    const installation = randomUUID();
    place = await dockerPlace(engine.socket, installation);
    await place.driver.ensureImage(place.image);
    // The real engine, but for its word that it is a rootless one.
    rootless = await fakeEngine({ '/info': { NCPU: 1, SecurityOptions: ['name=rootless'] } }, engine.socket);
    const { imageCacheDir } = readTestConfig();
    driver = createDockerDriver({ installation, engine: socketAddress(rootless.socket), imageCacheDir });
  }, 300_000);

  afterAll(async () => {
    await leavePlace(place);
    await rootless.stop();
    await engine.stop();
  });

  it('publishes ssh and web on this host only, and says where to dial', async () => {
    const client = createHostKey();

    const machine = await driver.create({
      name: 'mysite_published-1',
      owner: 'instance-1',
      image: place.image,
      flavor: { memoryMib: 256, cpus: 1 },
      networks: [{ key: 'nat', address: place.natAddress() }],
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
