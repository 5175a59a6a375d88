import { findChild } from '../installation/children.ts';
import { waitFor } from '../system/wait-for.ts';
import { changeMessage, readTenant } from '../tutorial/actions.ts';
import type { Fault, Subject, Victim } from './fault.ts';

const tries = 10;

/** Saves a message and waits until its playbook runs. Returns false when that was over before it was seen. */
async function beginSync({ client }: Victim, subject: Subject): Promise<boolean> {
  subject.message = `saved just before the worker was killed, ${Date.now()}`;
  await changeMessage(client, subject.id, subject.message);
  const state = await waitFor(
    async () => {
      const tenant = await readTenant(client, subject.id);
      return tenant?.syncState === 'PENDING' ? undefined : tenant?.syncState;
    },
    { what: 'the sync to begin', timeoutMs: 10_000, everyMs: 5 },
  );
  return state === 'SYNCING';
}

/** The worker dies while it runs the playbook of an edit. */
export const killWorker: Fault = {
  name: 'SIGKILL of the worker in the playbook',
  inflict: async (victim) => {
    const [subject] = victim.subjects;
    const pid = await findChild(victim.installation.home, 'worker');
    if (!subject || pid === undefined) throw new Error('cannot kill the worker: it does not run');
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (!(await beginSync(victim, subject))) continue;
      process.kill(pid, 'SIGKILL');
      return;
    }
    throw new Error(`cannot kill the worker in the playbook: it was too fast ${tries} times`);
  },
};
