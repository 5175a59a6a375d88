import { messageOf } from '../progress.ts';
import { waitFor } from '../system/wait-for.ts';
import { readPage, readTenant } from '../tutorial/actions.ts';
import type { Victim } from './fault.ts';
import { machinesOf } from './machines.ts';

/** What is not yet as it must be after a fault, one sentence; undefined when all is well. */
async function whatIsWrong(victim: Victim): Promise<string | undefined> {
  for (const subject of victim.subjects) {
    const tenant = await readTenant(victim.client, subject.id);
    if (tenant?.syncState !== 'IN_SYNC') return `tenant ${subject.id}: ${tenant?.statusText ?? 'gone'}`;
    const page = await readPage(subject.url);
    if (page !== `${subject.message}\n`) return `tenant ${subject.id}: its page says ${JSON.stringify(page)}`;
    const machines = await machinesOf(victim, subject.instanceId);
    if (machines.length !== 1) return `tenant ${subject.id}: it has ${machines.length} machines`;
  }
  for (const [subject, page] of victim.subjects.flatMap((owner) =>
    victim.pages.map((name) => [owner, name] as const),
  )) {
    if ((await readPage(new URL(page, subject.url).href)) !== 'here\n')
      return `tenant ${subject.id}: ${page} of an added task is not there`;
  }
  return undefined;
}

/** Waits until one machine a tenant, the last saved message and IN_SYNC are back. Throws with what is still wrong. */
export async function untilHealed(victim: Victim, timeoutMs: number): Promise<void> {
  let wrong: string | undefined = '';
  await waitFor(
    async () => {
      wrong = await whatIsWrong(victim).catch(messageOf);
      return wrong === undefined;
    },
    { what: 'everything to come right', timeoutMs, everyMs: 100 },
  ).catch((error: unknown) => {
    throw new Error(`${messageOf(error)}; still wrong: ${wrong ?? ''}`);
  });
}
