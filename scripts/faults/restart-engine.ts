import { startDaemon, stopDaemon } from '../engine/daemon.ts';
import { changeMessage } from '../tutorial/actions.ts';
import type { Fault } from './fault.ts';

/** The engine stops, an edit is saved while it is away, and it comes back. */
export const restartEngine: Fault = {
  name: 'the engine restarts',
  inflict: async ({ client, engine, subjects }) => {
    await stopDaemon(engine);
    for (const subject of subjects) {
      subject.message = `saved while the engine was away, ${Date.now()}`;
      await changeMessage(client, subject.id, subject.message);
    }
    await startDaemon(engine);
  },
};
