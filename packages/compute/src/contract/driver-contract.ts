import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComputeDriver, MachineSpec, NetworkSpec } from '../driver.js';
import { createHostKey, type HostKey } from '../host-key.js';
import { keysHash } from '../keys-hash.js';
import { sshLogin } from '../testing/ssh-login.js';

/** A driver with what the contract needs to know about the place it works in. */
export interface DriverUnderTest {
  driver: ComputeDriver;
  /** An image that `ensureImage` can make. */
  image: string;
  /** A nat network that is free for this installation. */
  nat: NetworkSpec;
  /** A private network that is free for this installation. */
  private: NetworkSpec;
  /** A free address on the nat network, another one at each call. */
  natAddress(): string;
  privateAddress(): string;
  /** Behind the driver's back, as somebody with the place's own tools would. */
  removeByHand(name: string): Promise<void>;
  stopByHand(name: string): Promise<void>;
}

/** Makes a driver for an installation; called for two installations in the same place. */
export type MakeDriver = (installation: string) => Promise<DriverUnderTest>;

/** What every driver must do, as a suite: call it inside a `describe` of an integration test. Leaves nothing behind. */
export function driverContract(makeDriver: MakeDriver): void {
  let place: DriverUnderTest;
  let driver: ComputeDriver;
  let client: HostKey;
  let count = 0;
  const wanted = (changes: Partial<MachineSpec> = {}): MachineSpec => ({
    name: `mysite_contract-${++count}`,
    owner: `instance-${count}`,
    image: place.image,
    flavor: { memoryMib: 256, cpus: 1 },
    networks: [{ key: place.nat.key, address: place.natAddress() }],
    authorizedKeys: [client.publicKey],
    loginUser: 'ubuntu',
    ...changes,
  });

  beforeAll(async () => {
    place = await makeDriver(randomUUID());
    driver = place.driver;
    client = createHostKey();
    await driver.ensureImage(place.image);
    await driver.createNetwork(place.nat);
  }, 300_000);

  afterAll(async () => {
    for (const machine of await driver.list()) await driver.delete(machine.name);
    for (const network of await driver.listNetworks()) await driver.deleteNetwork(network.key);
  });

  describe('images', () => {
    it('are ready once they were made, and making them again is quick', async () => {
      await driver.ensureImage(place.image);

      expect(await driver.imageReadiness(place.image)).toMatchObject({ ready: true });
      expect(await driver.readiness()).toEqual({ ready: true });
    });

    it('that nobody knows are not ready, say why, and make no machine', async () => {
      const readiness = await driver.imageReadiness('no-such-image');
      const spec = wanted({ image: 'no-such-image' });

      expect(readiness).toMatchObject({
        ready: false,
        reason: expect.stringContaining('no-such-image') as string,
      });
      await expect(driver.create(spec)).rejects.toMatchObject({ code: 'no-image' });
      expect(await driver.observe(spec.name)).toBeNull();
    });
  });

  describe('networks', () => {
    it('are made once however often they are asked for', async () => {
      const before = await driver.observeNetwork(place.nat.key);

      await Promise.all([driver.createNetwork(place.nat), driver.createNetwork(place.nat)]);

      expect(await driver.observeNetwork(place.nat.key)).toEqual(before);
      expect((await driver.listNetworks()).map(({ key }) => key)).toEqual([place.nat.key]);
    });

    it('are not changed under the same key', async () => {
      const changed = driver.createNetwork({ ...place.nat, subnet: place.private.subnet });

      await expect(changed).rejects.toMatchObject({ code: 'refused', retryable: false });
    });

    it('are refused when their subnet overlaps another', async () => {
      const overlapping = driver.createNetwork({ ...place.nat, key: 'overlapping' });

      await expect(overlapping).rejects.toMatchObject({ code: 'address-taken' });
      expect(await driver.observeNetwork('overlapping')).toBeNull();
    });

    it('are deleted only without machines, and twice is fine', async () => {
      await driver.createNetwork(place.private);
      const spec = wanted();
      const networks = [...spec.networks, { key: place.private.key, address: place.privateAddress() }];
      await driver.create({ ...spec, networks });

      await expect(driver.deleteNetwork(place.private.key)).rejects.toMatchObject({
        code: 'refused',
        retryable: true,
      });
      await driver.delete(spec.name);
      await driver.deleteNetwork(place.private.key);
      await driver.deleteNetwork(place.private.key);

      expect(await driver.observeNetwork(place.private.key)).toBeNull();
    });
  });

  describe('a machine', () => {
    it('answers with the host key that the driver tells, and lets the authorized key in', async () => {
      const spec = wanted();

      const machine = await driver.create(spec);

      expect(machine).toMatchObject({ name: spec.name, owner: spec.owner, state: 'running' });
      expect(machine.addresses).toEqual([spec.networks[0]?.address]);
      expect(machine.keysHash).toBe(keysHash(spec.authorizedKeys));
      const login = await sshLogin(machine, client.privateKey, 'sudo -n id -u');
      expect(login).toMatchObject({ code: 0, stdout: '0\n' });
      const forged = { ...machine, hostKey: createHostKey().publicKey };
      expect(await sshLogin(forged, client.privateKey, 'true')).toMatchObject({ code: 255 });
    });

    it('is made once: create again and at the same time gives the same incarnation', async () => {
      const spec = wanted();

      const [first, second] = await Promise.all([driver.create(spec), driver.create(spec)]);
      const third = await driver.create(spec);

      expect(second.incarnation).toBe(first.incarnation);
      expect(third.incarnation).toBe(first.incarnation);
      expect((await driver.list()).filter(({ name }) => name === spec.name)).toHaveLength(1);
    });

    it('is not changed by being looked at', async () => {
      const spec = wanted();
      await driver.create(spec);
      await place.stopByHand(spec.name);
      const before = await driver.observe(spec.name);

      await driver.list();
      const after = await driver.observe(spec.name);

      expect(before?.state).toBe('stopped');
      expect(after).toEqual(before);
    });

    it('takes other authorized keys, and the former ones lose their access', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);
      const successor = createHostKey();

      const updated = await driver.update({ ...spec, authorizedKeys: [successor.publicKey] });

      expect(updated.incarnation).toBe(machine.incarnation);
      expect(updated.keysHash).toBe(keysHash([successor.publicKey]));
      expect(await sshLogin(updated, successor.privateKey, 'true')).toMatchObject({ code: 0 });
      expect(await sshLogin(updated, client.privateKey, 'true')).toMatchObject({ code: 255 });
    });

    it('that was stopped is started by an update, with its disk and its host key', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);
      await sshLogin(machine, client.privateKey, 'echo kept > ~/file');
      await place.stopByHand(spec.name);

      const updated = await driver.update(spec);

      expect(updated).toMatchObject({
        incarnation: machine.incarnation,
        hostKey: machine.hostKey,
        state: 'running',
      });
      expect(await sshLogin(updated, client.privateKey, 'cat ~/file')).toMatchObject({ stdout: 'kept\n' });
    });

    it('that somebody removed is seen as gone, and made anew with another host key', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);

      await place.removeByHand(spec.name);

      expect(await driver.observe(spec.name)).toBeNull();
      await expect(driver.update(spec)).rejects.toMatchObject({ code: 'refused' });
      const successor = await driver.create(spec);
      expect(successor.incarnation).not.toBe(machine.incarnation);
      expect(successor.hostKey).not.toBe(machine.hostKey);
    });

    it('is not made on an address that another one has, and nothing is left of it', async () => {
      const spec = wanted();
      await driver.create(spec);
      const rival = wanted({ networks: spec.networks });

      await expect(driver.create(rival)).rejects.toMatchObject({ code: 'address-taken', retryable: true });

      expect(await driver.observe(rival.name)).toBeNull();
    });

    it('is deleted, and twice is fine', async () => {
      const spec = wanted();
      await driver.create(spec);

      await driver.delete(spec.name);
      expect(await driver.observe(spec.name)).toBeNull();

      await driver.delete(spec.name);
      expect((await driver.list()).map(({ name }) => name)).not.toContain(spec.name);
    });

    it('cannot reach another one over nat, but can over a private network', async () => {
      await driver.createNetwork(place.private);
      const privateNetwork = (): { key: string; address: string } => ({
        key: place.private.key,
        address: place.privateAddress(),
      });
      const [one, other] = [wanted(), wanted()];
      const [networksOfOne, networksOfOther] = [one, other].map((spec) => [
        ...spec.networks,
        privateNetwork(),
      ]);
      const machine = await driver.create({ ...one, networks: networksOfOne ?? [] });
      const neighbour = await driver.create({ ...other, networks: networksOfOther ?? [] });

      const banners = await Promise.all(
        neighbour.addresses.map(async (address) => {
          const probe = `timeout 2 bash -c 'exec 3<>/dev/tcp/${address}/22 && head -c 4 <&3'`;
          return (await sshLogin(machine, client.privateKey, probe)).stdout;
        }),
      );

      expect(banners).toEqual(['', 'SSH-']);
    });

    it('cannot reach a metadata service', async () => {
      const machine = await driver.create(wanted());

      const probe = await sshLogin(
        machine,
        client.privateKey,
        "timeout 5 bash -c 'exec 3<>/dev/tcp/169.254.169.254/80'",
      );

      // 1 is a refusal by the network; 124 would be the time-out of a packet that found its way out.
      expect(probe.code).toBe(1);
    });
  });

  describe('two installations in one place', () => {
    it('never see, delete or use what is the other’s, under the same names', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);
      const neighbour = (await makeDriver(randomUUID())).driver;

      for (const found of await neighbour.list()) await neighbour.delete(found.name);
      for (const found of await neighbour.listNetworks()) await neighbour.deleteNetwork(found.key);
      await neighbour.delete(spec.name);
      await neighbour.deleteNetwork(place.nat.key);

      expect(await neighbour.list()).toEqual([]);
      expect(await neighbour.observe(spec.name)).toBeNull();
      expect(await neighbour.observeNetwork(place.nat.key)).toBeNull();
      expect(await driver.observe(spec.name)).toMatchObject({
        incarnation: machine.incarnation,
        state: 'running',
      });
      expect(await driver.observeNetwork(place.nat.key)).not.toBeNull();
    });
  });
}
