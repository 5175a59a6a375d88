import { askEngine } from '../engine/socket.ts';
import type { Fault } from './fault.ts';
import { machinesOf } from './machines.ts';

/** Somebody removes a machine by hand, as `docker rm -f` does. */
export const removeMachine: Fault = {
  name: 'a machine is removed with docker rm -f',
  inflict: async (victim) => {
    const [subject] = victim.subjects;
    if (!subject) return;
    for (const id of await machinesOf(victim, subject.instanceId)) {
      await askEngine(victim.engine.socket, 'DELETE', `/containers/${id}?force=1`, 30_000);
    }
  },
};
