import type { ComputeDriver } from '@tenon/compute/driver';
import { DriverError } from '@tenon/compute/driver-error';
import type { NatSubnetStore } from '@tenon/reconciler/store/networks';
import type { Logger } from 'pino';

/** How often another installation may be faster before it is an error. */
const TRIES = 10;

interface NatNetworkParts {
  store: NatSubnetStore;
  driver: Pick<ComputeDriver, 'observeNetwork' | 'createNetwork'>;
  /** A /16 that nothing on the host or in the engine has. */
  pick: () => Promise<string>;
  logger: Pick<Logger, 'info'>;
}

/**
 * Makes the installation's nat network as soon as there is an engine, before any slice needs it: making it is what claims
 * the subnet against other installations on this host. As long as no slice has an address, a taken subnet is replaced by a
 * free one. Throws DriverError when slices have addresses in a subnet that somebody else has.
 */
export async function claimNatNetwork({ store, driver, pick, logger }: NatNetworkParts): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if ((await driver.observeNetwork('nat')) !== null) return;
    const settings = await store.read();
    if (settings === null) return;
    const subnet = settings.isFixed ? settings.subnet : await pick();
    if (subnet !== settings.subnet && !(await store.write(subnet))) continue;
    try {
      await driver.createNetwork({ key: 'nat', subnet, role: 'nat' });
      logger.info({ subnet }, 'made the nat network');
      return;
    } catch (error) {
      const isTaken = error instanceof DriverError && error.code === 'address-taken';
      if (!isTaken || settings.isFixed || attempt >= TRIES) throw error;
    }
  }
}
