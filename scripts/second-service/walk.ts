import { readConfig } from '../config.ts';
import { ApiClient } from '../installation/api-client.ts';
import { build } from '../installation/build.ts';
import { startThrowaway } from '../installation/throwaway.ts';
import { messageOf, say, step } from '../progress.ts';
import { waitFor } from '../system/wait-for.ts';
import { readPage, untilEngineIsReady } from '../tutorial/actions.ts';

const headline = 'Closed on <Sunday> & {{ 7*7 }}';
const page = '<h1 class="urgent">Closed on &lt;Sunday&gt; &amp; {{ 7*7 }}</h1>\n';

/** Makes a Notice Service and a Notice Tenant through the API that the service's own description gave. Returns the tenant's id. */
async function createNotice(client: ApiClient): Promise<number> {
  const sites = await client.ask<{ items: { id: number }[] }>('sites', '{ sites { items { id } } }');
  const service = await client.ask<{ id: number }>(
    'createNoticeService',
    'mutation ($input: CreateNoticeServiceInput!) { createNoticeService(input: $input) { id } }',
    {
      input: {
        name: 'Notices',
        versionNumber: '1',
        slices: [{ name: 'mysite_notices', siteId: sites.items[0]?.id }],
      },
    },
  );
  const tenant = await client.ask<{ id: number }>(
    'createNoticeTenant',
    'mutation ($input: CreateNoticeTenantInput!) { createNoticeTenant(input: $input) { id } }',
    { input: { providerId: service.id, headline, tone: 'urgent' } },
  );
  return tenant.id;
}

async function untilServed(client: ApiClient, id: number): Promise<void> {
  const query = 'query ($id: Int!) { noticeTenant(id: $id) { statusText instance { url } } }';
  interface View {
    statusText: string;
    instance: { url: string | null } | null;
  }
  await waitFor(
    async () => {
      const url = (await client.ask<View>('noticeTenant', query, { id })).instance?.url;
      return typeof url === 'string' && (await readPage(url)) === page;
    },
    { what: 'the notice to be served', timeoutMs: 180_000, everyMs: 200 },
  );
}

/** Runs the second service of the copy it stands in, on a real instance. */
async function main(): Promise<void> {
  const config = readConfig();
  await build();
  const installation = await startThrowaway('second-service', config);
  try {
    const client = new ApiClient(installation.url);
    await client.login('padmin@vicci.org', 'letmein');
    await untilEngineIsReady(client, 600_000, say);
    await step('A notice on a machine of its own', async () =>
      untilServed(client, await createNotice(client)),
    );
  } finally {
    await installation.discard();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
