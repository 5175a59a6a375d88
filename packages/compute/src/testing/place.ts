import { createDockerDriver } from '../docker/docker-driver.js';
import { socketAddress } from '../docker/engine-address.js';
import { engineClient } from '../docker/engine-client.js';
import { INSTANCE_IMAGE } from '../docker/image/image-store.js';
import { engineNames } from '../docker/names.js';
import { pickNatSubnet, pickPrivatePool } from '../docker/pick-subnet.js';
import type { DriverUnderTest } from '../contract/driver-contract.js';
import { readTestConfig } from './config.js';

/** A docker driver on the engine behind a socket, with free subnets. */
export async function dockerPlace(socket: string, installation: string): Promise<DriverUnderTest> {
  const engine = socketAddress(socket);
  const driver = createDockerDriver({ installation, engine, imageCacheDir: readTestConfig().imageCacheDir });
  const nat = await pickNatSubnet({ engine, installation });
  const pool = await pickPrivatePool({ engine, installation });
  const names = engineNames(installation);
  const container = (name: string) => engineClient(engine).getContainer(names.container(name));
  let last = 10;
  const address = (subnet: string): string => subnet.replace(/\.0\.0\/16$/, `.7.${++last}`);
  return {
    driver,
    image: INSTANCE_IMAGE,
    nat: { key: 'nat', subnet: nat, role: 'nat' },
    private: { key: 'slice-7-private', subnet: pool.replace('.0.0/16', '.7.0/24'), role: 'private' },
    natAddress: () => address(nat),
    privateAddress: () => address(pool),
    removeByHand: async (name) => {
      await container(name).remove({ force: true });
    },
    stopByHand: async (name) => {
      await container(name).stop({ t: 5 });
    },
  };
}
