import type { Look, Step, StepOutcome, Work } from './step.js';
import { configure } from './steps/configure.js';
import { ensureKeyPair } from './steps/ensure-key-pair.js';
import { ensureMachine } from './steps/ensure-machine.js';
import { ensureNetworks } from './steps/ensure-networks.js';
import { finishDeletion } from './steps/finish-deletion.js';
import { removeMachine } from './steps/remove-machine.js';
import { removeNetworks } from './steps/remove-networks.js';
import type { Ports } from './ports.js';
import type { Subject } from './subject.js';

/** A step that knows its subject. */
interface BoundStep {
  look(ports: Ports): Promise<Look>;
  act(work: Omit<Work<Subject>, 'subject'>): Promise<StepOutcome>;
}

/** What must be done for an object of this kind in this state. */
export function stepFor(subject: Subject): BoundStep {
  const { deleting } = subject.facts;
  switch (subject.type) {
    case 'service':
      return bind(subject, deleting ? finishDeletion : ensureKeyPair);
    case 'slice':
      return bind(subject, deleting ? removeNetworks : ensureNetworks);
    case 'instance':
      return bind(subject, deleting ? removeMachine : ensureMachine);
    case 'tenant':
      return bind(subject, deleting ? finishDeletion : configure);
  }
}

function bind<S extends Subject>(subject: S, step: Step<S>): BoundStep {
  return {
    look: (ports) => step.look(subject, ports),
    act: (work) => step.act({ ...work, subject }),
  };
}
