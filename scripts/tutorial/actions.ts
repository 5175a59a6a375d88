import type { ApiClient } from '../installation/api-client.ts';
import { waitFor } from '../system/wait-for.ts';

/** What the tutorial looks at of a tenant. */
export interface TenantView {
  id: number;
  label: string;
  syncState: string;
  statusText: string;
  tenantMessage: string;
  curlCommand: string | null;
  instance: { id: number; label: string; url: string | null } | null;
}

const tenantFields = 'id label syncState statusText tenantMessage curlCommand instance { id label url }';

/** Makes an Example Service with one slice at the site `mysite`. Returns the service's id. */
export async function createServiceWithSlice(
  client: ApiClient,
  name: string,
  slice: string,
): Promise<number> {
  const sites = await client.ask<{ items: { id: number; loginBase: string }[] }>(
    'sites',
    '{ sites(perPage: 100) { items { id loginBase } } }',
  );
  const site = sites.items.find(({ loginBase }) => loginBase === 'mysite');
  if (!site) throw new Error('cannot make a slice: there is no site "mysite"');
  const service = await client.ask<{ id: number }>(
    'createExampleService',
    'mutation ($input: CreateExampleServiceInput!) { createExampleService(input: $input) { id } }',
    { input: { name, enabled: true, versionNumber: '1', slices: [{ name: slice, siteId: site.id }] } },
  );
  return service.id;
}

/** Makes a tenant of this service. */
export async function createTenant(
  client: ApiClient,
  providerId: number,
  tenantMessage: string,
): Promise<TenantView> {
  return client.ask(
    'createExampleTenant',
    `mutation ($input: CreateExampleTenantInput!) { createExampleTenant(input: $input) { ${tenantFields} } }`,
    { input: { providerId, tenantMessage } },
  );
}

/** Saves another message. */
export async function changeMessage(
  client: ApiClient,
  id: number,
  tenantMessage: string,
): Promise<TenantView> {
  return client.ask(
    'updateExampleTenant',
    `mutation ($id: Int!, $input: UpdateExampleTenantInput!) { updateExampleTenant(id: $id, input: $input) { ${tenantFields} } }`,
    { id, input: { tenantMessage } },
  );
}

/** A tenant as it is now; null when it is gone. */
export function readTenant(client: ApiClient, id: number): Promise<TenantView | null> {
  return client.ask('exampleTenant', `query ($id: Int!) { exampleTenant(id: $id) { ${tenantFields} } }`, {
    id,
  });
}

/** Asks for the deletion of a tenant, a slice or a service. */
export async function requestDeletion(
  client: ApiClient,
  type: 'ExampleTenant' | 'Slice' | 'ExampleService',
  id: number,
): Promise<void> {
  await client.ask(`delete${type}`, `mutation ($id: Int!) { delete${type}(id: $id) }`, { id });
}

/** The body of a page; undefined when nobody answers it with 200 within 2 s. */
export async function readPage(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

/** Waits until the tenant's machine serves exactly this message and a newline. Returns its URL. */
export function untilMessageIsServed(
  client: ApiClient,
  id: number,
  message: string,
  timeoutMs: number,
): Promise<string> {
  let url: string | undefined;
  return waitFor(
    async () => {
      url ??= (await readTenant(client, id))?.instance?.url ?? undefined;
      return url !== undefined && (await readPage(url)) === `${message}\n` ? url : undefined;
    },
    { what: `the tenant's page to say ${JSON.stringify(message)}`, timeoutMs, everyMs: 50 },
  );
}

/** Waits until the tenant is in sync. */
export async function untilInSync(client: ApiClient, id: number, timeoutMs: number): Promise<TenantView> {
  let last = '';
  return waitFor(
    async () => {
      const tenant = await readTenant(client, id);
      last = tenant?.statusText ?? 'gone';
      return tenant?.syncState === 'IN_SYNC' ? tenant : undefined;
    },
    { what: 'the tenant to be in sync', timeoutMs, everyMs: 100 },
  ).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)}; its state is: ${last}`);
  });
}

/** Waits until the tenant and its instance are in no list any more, which means that the machine was seen to be gone. */
export async function untilGone(client: ApiClient, tenant: TenantView, timeoutMs: number): Promise<void> {
  const query = 'query ($id: Int!) { instance(id: $id) { id } }';
  await waitFor(
    async () => {
      if (await readTenant(client, tenant.id)) return false;
      return (
        tenant.instance === null ||
        (await client.ask<unknown>('instance', query, { id: tenant.instance.id })) === null
      );
    },
    { what: 'the tenant and its machine to be gone', timeoutMs, everyMs: 100 },
  );
}

/** Waits until instances can be made: an engine answers and the image is there. `tell` gets every new reason to wait. */
export async function untilEngineIsReady(
  client: ApiClient,
  timeoutMs: number,
  tell: (reason: string) => void,
): Promise<void> {
  let told = '';
  await waitFor(
    async () => {
      const { engine } = await client.ask<{ engine: { ready: boolean; reason: string | null } }>(
        'installation',
        '{ installation { engine { ready reason } } }',
      );
      if (!engine.ready && engine.reason !== null && engine.reason !== told) tell((told = engine.reason));
      return engine.ready;
    },
    { what: 'the engine and the instance image', timeoutMs, everyMs: 500 },
  ).catch((error: unknown) => {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}; its last reason was: ${told || 'none'}`,
    );
  });
}
