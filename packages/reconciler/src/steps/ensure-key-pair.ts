import { recheckTenants } from '../recheck-tenants.js';
import type { Step } from '../step.js';
import type { ServiceSubject } from '../subject.js';
import { isSettled } from './settled.js';

/** A service has a key pair to sign in with, and its tenants have been compared with its settings. */
export const ensureKeyPair: Step<ServiceSubject> = {
  look: (service) =>
    Promise.resolve(
      service.hasKeyPair && isSettled(service.facts, '-', '-')
        ? { kind: 'settled' }
        : { kind: 'due', inputs: '-' },
    ),
  act: async ({ subject: service, ports }) => {
    if (!service.hasKeyPair)
      await ports.store.recordKeyPair(service.key, await ports.makeKeyPair(service.label));
    await recheckTenants(service.key, ports);
    return { kind: 'synced', applied: { inputs: '-', on: '-' } };
  },
};
