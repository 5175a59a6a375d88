import { ApiClient } from '../installation/api-client.ts';
import { say, seconds } from '../progress.ts';
import { findProgram, runCommand } from '../system/command.ts';
import {
  changeMessage,
  createServiceWithSlice,
  createTenant,
  readPage,
  requestDeletion,
  untilEngineIsReady,
  untilGone,
  untilInSync,
  untilMessageIsServed,
  type TenantView,
} from './actions.ts';
import { judge, limits } from './limits.ts';

export interface WalkOptions {
  url: string;
  password: string;
  /** Goes behind the names, so that an installation can be walked through more than once. */
  suffix: string;
  /** Leaves tenant and machine where they are. */
  keep: boolean;
}

/** Longer than any limit: a walk that is too slow is measured, not cut off. */
const patienceMs = 300_000;

async function timed<T>(name: string, work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const begin = performance.now();
  const result = await work();
  const ms = performance.now() - begin;
  say(`${seconds(ms).padStart(8)}  ${name}`);
  return { result, ms };
}

/** Shows what a user's own curl says. */
async function showPage(url: string): Promise<void> {
  say(`      $ curl ${url}`);
  const curl = await findProgram('curl');
  const page =
    curl === undefined
      ? await readPage(url)
      : (await runCommand(curl, ['-sS', '--max-time', '5', url])).output;
  say(`      ${(page ?? 'no answer').trimEnd()}`);
}

async function deleteTenant(client: ApiClient, tenant: TenantView, url: string): Promise<boolean> {
  const { ms } = await timed('delete the tenant, wait until its machine is gone', async () => {
    await requestDeletion(client, 'ExampleTenant', tenant.id);
    await untilGone(client, tenant, patienceMs);
  });
  const kept = judge(limits.gone, ms);
  await showPage(url);
  if ((await readPage(url)) === undefined) return kept;
  say('      the machine still answers: it should not');
  return false;
}

/**
 * Walks the tutorial through the public API: log in, make a service with a slice, make a tenant, read its page, change
 * the message, delete the tenant. Prints every step with its time. Returns whether all limits were kept.
 */
export async function walk({ url, password, suffix, keep }: WalkOptions): Promise<boolean> {
  const client = new ApiClient(url);
  await timed('log in as padmin@vicci.org', () => client.login('padmin@vicci.org', password));
  await timed('wait for the container engine and the instance image (not part of what follows)', () =>
    untilEngineIsReady(client, patienceMs * 2, (reason) => say(`          … ${reason}`)),
  );
  const slice = `mysite_exampleservice${suffix}`;
  const { result: service } = await timed(
    `make the Example Service "MyExample${suffix}" with the slice "${slice}"`,
    () => createServiceWithSlice(client, `MyExample${suffix}`, slice),
  );
  const first = 'Example Tenant example text';
  const served = await timed(
    `make a tenant with the message "${first}", wait until its machine serves it`,
    async () => {
      const tenant = await createTenant(client, service, first);
      return { tenant, page: await untilMessageIsServed(client, tenant.id, first, patienceMs) };
    },
  );
  let kept = judge(limits.served, served.ms);
  const { page } = served.result;
  await showPage(page);
  await timed('wait until the tenant is in sync', () =>
    untilInSync(client, served.result.tenant.id, patienceMs),
  );
  const second = 'Another text, changed in the tutorial';
  const changed = await timed(
    `change the message to "${second}", wait until the machine serves it`,
    async () => {
      await changeMessage(client, served.result.tenant.id, second);
      return untilMessageIsServed(client, served.result.tenant.id, second, patienceMs);
    },
  );
  kept = judge(limits.changed, changed.ms) && kept;
  await showPage(page);
  const tenant = await untilInSync(client, served.result.tenant.id, patienceMs);
  return keep ? kept : (await deleteTenant(client, tenant, page)) && kept;
}
