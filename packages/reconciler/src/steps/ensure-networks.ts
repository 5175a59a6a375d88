import type { NetworkSpec } from '../compute-port.js';
import { isAddressTaken } from '../explain.js';
import type { Step, Work } from '../step.js';
import type { SliceSubject } from '../subject.js';
import { engineStop } from './engine-stop.js';
import { isSettled } from './settled.js';

/** The networks of a slice exist in the engine. */
export const ensureNetworks: Step<SliceSubject> = {
  look: async (slice, { compute }) => {
    if (isSettled(slice.facts, '-', '-')) return { kind: 'settled' };
    return (await engineStop(compute)) ?? { kind: 'due', inputs: '-' };
  },
  act: async (work) => {
    for (const network of work.subject.networks) {
      if ((await work.ports.compute.observeNetwork(network.key)) === null) await make(network, work);
    }
    return { kind: 'synced', applied: { inputs: '-', on: '-' } };
  },
};

/**
 * Two installations on one host choose from the same pool, and only the engine knows what the other one has: a private network
 * whose subnet is taken moves to the next one. The nat network is one for all slices and was chosen when the engine was found.
 */
async function make(network: NetworkSpec, work: Work<SliceSubject>): Promise<void> {
  try {
    await work.ports.compute.createNetwork(network);
  } catch (error) {
    if (network.role !== 'private' || !isAddressTaken(error)) throw error;
    const subnet = await work.ports.store.moveNetwork(work.subject.key, work.owner);
    if (subnet === null) throw error;
    await make({ ...network, subnet }, work);
  }
}
