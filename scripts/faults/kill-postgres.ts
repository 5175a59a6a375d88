import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeMessage } from '../tutorial/actions.ts';
import type { Fault } from './fault.ts';

/** The database dies right after an edit was saved: what was answered as saved must be what is served. */
export const killPostgres: Fault = {
  name: 'SIGKILL of PostgreSQL',
  inflict: async ({ client, installation, subjects }) => {
    const pid = Number(
      (await readFile(join(installation.home.database, 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
    const [subject] = subjects;
    if (!subject) return;
    subject.message = `saved just before the database was killed, ${Date.now()}`;
    await changeMessage(client, subject.id, subject.message);
    process.kill(pid, 'SIGKILL');
  },
};
