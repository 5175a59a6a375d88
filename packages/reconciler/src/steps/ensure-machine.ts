import { failed, waiting } from '@tenon/service-kit/outcome';

import type { Machine } from '../compute-port.js';
import { inputsHash } from '../inputs-hash.js';
import { Interrupted } from '../lease.js';
import type { Ports } from '../ports.js';
import type { Step, StepOutcome, Stop, Work } from '../step.js';
import type { InstanceSubject } from '../subject.js';
import { engineStop } from './engine-stop.js';
import { isSettled } from './settled.js';

const SECOND = 1000;

/** The machine of an instance exists, runs, and lets in whom it should. */
export const ensureMachine: Step<InstanceSubject> = {
  look: async (instance, ports) => {
    const inputs = inputsHash(instance.spec);
    const { enactedOn } = instance.facts;
    if (enactedOn !== null && isSettled(instance.facts, inputs, enactedOn)) return { kind: 'settled' };
    return (await whatIsMissing(instance, ports)) ?? { kind: 'due', inputs };
  },
  act: async (work) => {
    const { spec } = work.subject;
    const found = await work.ports.compute.observe(spec.name);
    const machine = found === null ? await make(work) : await work.ports.compute.update(spec);
    return outcomeOf(machine, work.inputs);
  },
};

/** What must be there before a machine can be made, in the order in which people can do something about it. */
async function whatIsMissing({ slice, service, spec }: InstanceSubject, ports: Ports): Promise<Stop | null> {
  const stop = await engineStop(ports.compute);
  if (stop !== null) return stop;
  // Keys put on a machine later would do as well, but then its first minutes would be spent refusing the synchronizer.
  if (service !== null && !service.hasKeyPair) {
    return waiting(`the key pair of ${service.label} is being made`, { on: service.key });
  }
  if (!slice.ready) return waiting(`the networks of ${slice.label} are being made`, { on: slice.key });
  const image = await ports.images.missing(spec.image);
  return image === null ? null : waiting(image, { retryAfterMs: 2 * SECOND });
}

/** The intent is stored first: whatever happens next, the row says that there may be a machine under its name. */
async function make({ subject, ports, owner, inputs, signal }: Work<InstanceSubject>): Promise<Machine> {
  if (!(await ports.store.recordIntent(subject.key, owner, inputs))) throw new Interrupted('lost');
  return ports.compute.create(subject.spec, { signal });
}

function outcomeOf(machine: Machine, inputs: string): StepOutcome {
  switch (machine.state) {
    case 'starting':
      return waiting(`${machine.name} is booting`, { retryAfterMs: SECOND });
    case 'stopped':
      return failed(
        `cannot start ${machine.name}: the engine reports it as stopped; look at the engine's own log`,
      );
    case 'running':
      return { kind: 'synced', applied: { inputs, on: machine.incarnation, machine } };
  }
}
