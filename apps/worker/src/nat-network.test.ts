import { DriverError } from '@tenon/compute/driver-error';
import { describe, expect, it } from 'vitest';

import { claimNatNetwork } from './nat-network.js';

/** An engine in which some subnets are taken, and a database that says where the nat network is. */
function createWorld(options: { taken?: string[]; isFixed?: boolean; exists?: boolean } = {}) {
  const taken = new Set(options.taken);
  const made: string[] = [];
  const state = { subnet: '10.11.0.0/16', isFixed: options.isFixed ?? false };
  const picks = ['10.11.0.0/16', '10.12.0.0/16', '10.13.0.0/16'];
  const claim = () =>
    claimNatNetwork({
      store: {
        read: () => Promise.resolve({ ...state }),
        write: (subnet) => {
          if (!state.isFixed) state.subnet = subnet;
          return Promise.resolve(!state.isFixed);
        },
      },
      driver: {
        observeNetwork: () =>
          Promise.resolve(options.exists === true ? { key: 'nat', id: 'x', subnet: 'y', role: 'nat' } : null),
        createNetwork: ({ subnet }) => {
          if (taken.has(subnet))
            return Promise.reject(
              new DriverError('address-taken', `${subnet} is taken`, { retryable: true }),
            );
          made.push(subnet);
          return Promise.resolve();
        },
      },
      // Another installation may take a subnet between the look and the claim, so the first look is believed here.
      pick: () => Promise.resolve(picks.shift() ?? '10.14.0.0/16'),
      logger: { info: () => undefined },
    });
  return { claim, made, state };
}

describe('the nat network', () => {
  it('is made where the installation has it', async () => {
    const { claim, made, state } = createWorld();

    await claim();

    expect([made, state.subnet]).toEqual([['10.11.0.0/16'], '10.11.0.0/16']);
  });

  it('moves to a free subnet when another installation was faster, and the database says so', async () => {
    const { claim, made, state } = createWorld({ taken: ['10.11.0.0/16', '10.12.0.0/16'] });

    await claim();

    expect([made, state.subnet]).toEqual([['10.13.0.0/16'], '10.13.0.0/16']);
  });

  it('stays where slices have addresses in it, even if that cannot be', async () => {
    const { claim, made } = createWorld({ taken: ['10.11.0.0/16'], isFixed: true });

    await expect(claim()).rejects.toThrow('10.11.0.0/16 is taken');
    expect(made).toEqual([]);
  });

  it('is left alone when it is there', async () => {
    const { claim, made } = createWorld({ exists: true });

    await claim();

    expect(made).toEqual([]);
  });
});
