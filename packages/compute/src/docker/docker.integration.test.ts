import { randomUUID } from 'node:crypto';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driverContract } from '../contract/driver-contract.js';
import type { DriverUnderTest } from '../contract/driver-under-test.js';
import type { MachineSpec } from '../driver.js';
import { testEngine, type TestEngine } from '../testing/engine.js';
import { dockerPlace, leavePlace } from '../testing/place.js';
import { sshLogin } from '../testing/ssh-login.js';
import { createDockerDriver } from './docker-driver.js';
import { socketAddress } from './engine-address.js';
import { engineClient } from './engine-client.js';
import { createHostKey } from '../host-key.js';
import { engineNames } from './names.js';

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 60_000);

afterAll(() => engine.stop());

describe('the docker driver keeps the contract', () => {
  driverContract((installation) => dockerPlace(engine.socket, installation));
});

describe('the docker driver', () => {
  const installation = randomUUID();
  const client = createHostKey();
  let place: DriverUnderTest;
  let docker: Docker;
  let count = 0;

  const wanted = (): MachineSpec => ({
    name: `mysite_docker-${++count}`,
    owner: `instance-${count}`,
    image: place.image,
    flavor: { memoryMib: 256, cpus: 1, pids: 100 },
    networks: [{ key: 'nat', address: place.natAddress() }],
    authorizedKeys: [client.publicKey],
    loginUser: 'ubuntu',
  });
  const containerOf = (spec: MachineSpec): Docker.Container =>
    docker.getContainer(engineNames(installation).container(spec.name));

  beforeAll(async () => {
    place = await dockerPlace(engine.socket, installation);
    docker = engineClient(socketAddress(engine.socket));
    await place.driver.ensureImage(place.image);
  }, 300_000);

  afterAll(() => leavePlace(place));

  it('gives a machine the limits of its flavor and no power over the network', async () => {
    const spec = wanted();

    const machine = await place.driver.create(spec);

    const { HostConfig } = await containerOf(spec).inspect();
    expect(HostConfig).toMatchObject({
      Memory: 256 * 1024 ** 2,
      NanoCpus: 1e9,
      PidsLimit: 100,
      Privileged: false,
      RestartPolicy: { Name: 'unless-stopped' },
    });
    const bounds = await sshLogin(machine, client.privateKey, 'sudo grep CapBnd /proc/self/status');
    const capabilities = BigInt(`0x${bounds.stdout.split(/\s+/)[1] ?? ''}`);
    const [NET_ADMIN, NET_RAW, SYS_PTRACE, SYS_ADMIN, MKNOD] = [12n, 13n, 19n, 21n, 27n];
    for (const forbidden of [NET_ADMIN, NET_RAW, SYS_PTRACE, SYS_ADMIN, MKNOD]) {
      expect(capabilities & (1n << forbidden)).toBe(0n);
    }
  });

  it('puts no key into the environment, the labels or the image', async () => {
    const spec = wanted();

    await place.driver.create(spec);

    const { Config } = await containerOf(spec).inspect();
    expect(JSON.stringify(Config)).not.toContain('PRIVATE KEY');
    expect(Config.Env.join()).not.toMatch(/ssh-|key/i);
    const made = await docker.createContainer({ Image: Config.Image });
    const hostKey = made.getArchive({ path: '/etc/ssh/ssh_host_ed25519_key' });
    await expect(hostKey).rejects.toMatchObject({ statusCode: 404 });
    await made.remove();
  });

  it('refuses to boot a container without a host key, loudly', async () => {
    const { Id } = await docker.getImage((await imageId()) ?? '').inspect();
    const keyless = await docker.createContainer({ Image: Id, HostConfig: { Init: true } });
    await keyless.start();

    const { StatusCode } = (await keyless.wait()) as { StatusCode: number };
    const logs = await keyless.logs({ stderr: true });
    await keyless.remove();

    expect(StatusCode).toBe(78);
    expect(logs.toString()).toContain('no host key was uploaded');
  });

  it('replaces a machine that was left half-made by a crash', async () => {
    const spec = wanted();
    const halfMade = await leaveHalfMade(spec);
    expect(await place.driver.observe(spec.name)).toMatchObject({ state: 'stopped', incarnation: halfMade });

    const machine = await place.driver.create(spec);

    expect(machine.incarnation).not.toBe(halfMade);
    expect(machine.state).toBe('running');
  });

  it('finishes a half-made machine in an update too', async () => {
    const spec = wanted();
    const halfMade = await leaveHalfMade(spec);

    const machine = await place.driver.update(spec);

    expect(machine.incarnation).not.toBe(halfMade);
    expect(await sshLogin(machine, client.privateKey, 'true')).toMatchObject({ code: 0 });
  });

  it('leaves nothing of a creation that was given up', async () => {
    const spec = wanted();

    const givenUp = place.driver.create(spec, { signal: AbortSignal.abort() });

    await expect(givenUp).rejects.toMatchObject({ name: 'AbortError' });
    expect(await place.driver.observe(spec.name)).toBeNull();
  });

  it('leaves a container alone that has the right name and another owner', async () => {
    const spec = wanted();
    const stranger = await docker.createContainer({
      name: engineNames(installation).container(spec.name),
      Image: (await imageId()) ?? '',
    });

    await expect(place.driver.create(spec)).rejects.toMatchObject({ code: 'refused', retryable: false });
    await place.driver.delete(spec.name);

    expect(await place.driver.observe(spec.name)).toBeNull();
    expect(await stranger.inspect()).toMatchObject({ Id: stranger.id });
    await stranger.remove();
  });

  it('makes nothing while the disk is nearly full, and says so', async () => {
    const spec = wanted();
    const driver = createDockerDriver({
      installation,
      engine: socketAddress(engine.socket),
      imageCacheDir: '/nonexistent',
      diskFloor: 1024 ** 5,
    });

    const refused = driver.create(spec);

    await expect(refused).rejects.toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/the disk is nearly full \([\d.]+ GiB left/) as string,
    });
    expect(await driver.observe(spec.name)).toBeNull();
  });

  it('starts what a package enabled again after a reboot, and `service` works', async () => {
    const spec = wanted();
    const machine = await place.driver.create(spec);
    const script =
      '#!/bin/sh\n### BEGIN INIT INFO\n# Provides: beacon\n# Required-Start:\n# Required-Stop:\n# Default-Start: 2 3 4 5\n# Default-Stop: 0\n### END INIT INFO\necho "$1" >> /var/beacon\n';
    const install = `sudo sh -c 'cat > /etc/init.d/beacon && chmod 755 /etc/init.d/beacon && update-rc.d beacon defaults && service beacon status' <<'EOF'\n${script}EOF`;
    expect(await sshLogin(machine, client.privateKey, install)).toMatchObject({ code: 0 });

    await containerOf(spec).restart({ t: 10 });
    const rebooted = await untilRunning(spec.name);

    const beacon = await sshLogin(rebooted, client.privateKey, 'cat /var/beacon');
    expect(beacon.stdout).toBe('status\nstop\nstart\n');
  });

  it('keeps sshd alive when somebody kills it', async () => {
    const machine = await place.driver.create(wanted());
    await sshLogin(machine, client.privateKey, 'sudo pkill -o sshd');

    await expect
      .poll(async () => (await sshLogin(machine, client.privateKey, 'true')).code, {
        timeout: 20_000,
        interval: 500,
      })
      .toBe(0);
  });

  async function untilRunning(name: string) {
    let machine = await place.driver.observe(name);
    await expect
      .poll(async () => (machine = await place.driver.observe(name))?.state, { timeout: 20_000 })
      .toBe('running');
    if (machine === null) throw new Error('the machine is gone');
    return machine;
  }

  async function imageId(): Promise<string | null> {
    const readiness = await place.driver.imageReadiness(place.image);
    return readiness.ready ? readiness.id : null;
  }

  /** What is there when a process dies between the creation of a container and its first start. */
  async function leaveHalfMade(spec: MachineSpec): Promise<string> {
    const machine = await place.driver.create(spec);
    const { Config } = await containerOf(spec).inspect();
    await place.removeByHand(spec.name);
    const name = engineNames(installation).container(spec.name);
    const { id } = await docker.createContainer({
      name,
      Image: Config.Image,
      Labels: Config.Labels,
    });
    expect(id).not.toBe(machine.incarnation);
    return id;
  }
});
