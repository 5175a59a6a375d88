import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComputeDriver } from '../driver.js';
import { createHostKey } from '../host-key.js';
import type { ContractContext, DriverUnderTest } from './driver-under-test.js';
import { machineContract } from './machine-contract.js';

/** Makes a driver for an installation; called for two installations in the same place. */
export type MakeDriver = (installation: string) => Promise<DriverUnderTest>;

/** What every driver must do, as a suite: call it inside a `describe` of an integration test. Leaves nothing behind. */
export function driverContract(makeDriver: MakeDriver): void {
  let place: DriverUnderTest;
  let driver: ComputeDriver;
  let count = 0;
  const context: ContractContext = {
    place: () => place,
    client: createHostKey(),
    wanted: (changes = {}) => ({
      name: `mysite_contract-${++count}`,
      owner: `instance-${count}`,
      image: place.image,
      flavor: { memoryMib: 256, cpus: 1 },
      networks: [{ key: place.nat.key, address: place.natAddress() }],
      authorizedKeys: [context.client.publicKey],
      loginUser: 'ubuntu',
      ...changes,
    }),
  };
  const { wanted } = context;

  beforeAll(async () => {
    place = await makeDriver(randomUUID());
    driver = place.driver;
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

  machineContract(context);

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
