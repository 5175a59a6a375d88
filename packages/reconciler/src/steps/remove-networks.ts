import { waiting } from '@tenon/service-kit/outcome';

import type { Step } from '../step.js';
import type { SliceSubject } from '../subject.js';
import { engineStop } from './engine-stop.js';

/** A slice's own networks go after its instances. The nat network stays: all slices share it. */
export const removeNetworks: Step<SliceSubject> = {
  look: async (slice, { compute }) => {
    if (slice.instancesLeft > 0) {
      return waiting(`${slice.instancesLeft} of its instances are still there`, { retryAfterMs: 5000 });
    }
    // A slice that was never in the engine must be deletable without one.
    if (slice.facts.enactedGeneration === 0) return { kind: 'due', inputs: '-' };
    return (await engineStop(compute)) ?? { kind: 'due', inputs: '-' };
  },
  act: async ({ subject: slice, ports: { compute } }) => {
    if (!(await compute.readiness()).ready) return { kind: 'gone' };
    for (const network of slice.networks.filter(({ role }) => role === 'private')) {
      await compute.deleteNetwork(network.key);
      if ((await compute.observeNetwork(network.key)) !== null) {
        return waiting(`the network ${network.key} is still there`, { retryAfterMs: 1000 });
      }
    }
    return { kind: 'gone' };
  },
};
