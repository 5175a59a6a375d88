import { randomInt } from 'node:crypto';
import type { ComputeDriver, NetworkSpec } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { createDockerDriver } from '../docker/docker-driver.js';
import { socketAddress } from '../docker/engine-address.js';
import { engineClient } from '../docker/engine-client.js';
import { INSTANCE_IMAGE } from '../docker/image/image-store.js';
import { engineNames } from '../docker/names.js';
import { pickNatSubnet, pickPrivatePool } from '../docker/pick-subnet.js';
import type { DriverUnderTest } from '../contract/driver-under-test.js';
import { readTestConfig } from './config.js';

/** A docker driver on the engine behind a socket, with a nat network that exists already and a private subnet that is free. */
export async function dockerPlace(socket: string, installation: string): Promise<DriverUnderTest> {
  const engine = socketAddress(socket);
  const driver = createDockerDriver({ installation, engine, imageCacheDir: readTestConfig().imageCacheDir });
  const nat = await openNat(driver, () => pickNatSubnet({ engine, installation }));
  const pool = await pickPrivatePool({ engine, installation });
  const slice = randomInt(256); // another suite may choose from the same pool at the same time
  const names = engineNames(installation);
  const container = (name: string) => engineClient(engine).getContainer(names.container(name));
  let last = 10;
  return {
    driver,
    image: INSTANCE_IMAGE,
    nat,
    private: { key: 'slice-7-private', subnet: pool.replace('.0.0/16', `.${slice}.0/24`), role: 'private' },
    natAddress: () => nat.subnet.replace('.0.0/16', `.7.${++last}`),
    privateAddress: () => pool.replace('.0.0/16', `.${slice}.${++last}`),
    removeByHand: async (name) => {
      await container(name).remove({ force: true });
    },
    stopByHand: async (name) => {
      await container(name).stop({ t: 5 });
    },
  };
}

/** Deletes everything that the installation has in the engine. */
export async function leavePlace({ driver }: DriverUnderTest): Promise<void> {
  for (const { name } of await driver.list()) await driver.delete(name);
  for (const { key } of await driver.listNetworks()) await driver.deleteNetwork(key);
}

/** Suites run at the same time, and one may be faster with the subnet that was free a moment ago. */
async function openNat(driver: ComputeDriver, pick: () => Promise<string>): Promise<NetworkSpec> {
  for (;;) {
    const spec: NetworkSpec = { key: 'nat', subnet: await pick(), role: 'nat' };
    try {
      await driver.createNetwork(spec);
      return spec;
    } catch (error) {
      if (!(error instanceof DriverError && error.code === 'address-taken')) throw error;
    }
  }
}
