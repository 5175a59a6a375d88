import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriverUnderTest } from '../contract/driver-under-test.js';
import type { Machine, MachineSpec } from '../driver.js';
import { privateEngine, type PrivateEngine } from '../testing/engine.js';
import { dockerPlace, leavePlace } from '../testing/place.js';
import { sshLogin } from '../testing/ssh-login.js';
import { createHostKey } from '../host-key.js';

describe('an engine that goes away and comes back', () => {
  const client = createHostKey();
  let engine: PrivateEngine;
  let place: DriverUnderTest;
  let spec: MachineSpec;
  let before: Machine;

  beforeAll(async () => {
    engine = await privateEngine({ iptables: false });
    place = await dockerPlace(engine.socket, randomUUID());
    await place.driver.ensureImage(place.image);
    spec = {
      name: 'mysite_restart-1',
      owner: 'instance-1',
      image: place.image,
      flavor: { memoryMib: 256, cpus: 1 },
      networks: [{ key: 'nat', address: place.natAddress() }],
      authorizedKeys: [client.publicKey],
      loginUser: 'ubuntu',
    };
    before = await place.driver.create(spec);
    await sshLogin(before, client.privateKey, 'echo kept > ~/file');
  }, 300_000);

  afterAll(async () => {
    await leavePlace(place);
    await engine.stop();
  }, 60_000);

  it('has the same machine, running, after it was restarted', async () => {
    await engine.restart(false);

    await expect
      .poll(async () => (await place.driver.observe(spec.name))?.state, { timeout: 30_000 })
      .toBe('running');
    await expectSameMachine();
  });

  it('has the same machine, running after an update, after it was killed', async () => {
    await engine.restart(true);

    // Docker stops what it finds running then, and leaves it so.
    await place.driver.update(spec);
    await expectSameMachine();
  });

  async function expectSameMachine(): Promise<void> {
    const { incarnation, hostKey, ssh } = before;
    expect(await place.driver.observe(spec.name)).toMatchObject({
      incarnation,
      hostKey,
      ssh,
      state: 'running',
    });
    expect(await sshLogin(before, client.privateKey, 'cat ~/file')).toMatchObject({ stdout: 'kept\n' });
  }
});

describe('an engine that is not there', () => {
  it('is unavailable to every verb, which is not the same as "no machine"', async () => {
    const { createDockerDriver } = await import('./docker-driver.js');
    const { socketAddress } = await import('./engine-address.js');
    const driver = createDockerDriver({
      installation: randomUUID(),
      engine: socketAddress('/nonexistent/docker.sock'),
      imageCacheDir: '/nonexistent',
    });

    expect(await driver.readiness()).toMatchObject({
      ready: false,
      reason: expect.stringContaining('start it') as string,
    });
    expect(await driver.imageReadiness('debian-12')).toMatchObject({ ready: false });
    for (const verb of [
      driver.observe('x'),
      driver.list(),
      driver.delete('x'),
      driver.observeNetwork('nat'),
      driver.listNetworks(),
    ]) {
      await expect(verb).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    }
  });
});
