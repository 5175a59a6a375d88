import { waiting } from '@tenon/service-kit/outcome';

import type { Step } from '../step.js';
import type { InstanceSubject } from '../subject.js';
import { engineStop } from './engine-stop.js';

/** An instance that is to be deleted has no machine. A deletion is believed only when the engine finds nothing. */
export const removeMachine: Step<InstanceSubject> = {
  look: async (instance, { compute }) => {
    // Without an engine nothing can have been made, so an instance that never was a machine is deletable without one.
    if (!mayHaveMachine(instance)) return { kind: 'due', inputs: '-' };
    return (await engineStop(compute)) ?? { kind: 'due', inputs: '-' };
  },
  act: async ({ subject: instance, ports: { compute } }) => {
    const { name } = instance.spec;
    if (!mayHaveMachine(instance) && !(await compute.readiness()).ready) return { kind: 'gone' };
    await compute.delete(name);
    if ((await compute.observe(name)) === null) return { kind: 'gone' };
    return waiting(`${name} is still there`, { retryAfterMs: 1000 });
  },
};

/** The intent to make a machine is stored as enactedInputs before the engine is asked. */
function mayHaveMachine({ machineId, facts }: InstanceSubject): boolean {
  return machineId !== null || facts.enactedInputs !== null;
}
