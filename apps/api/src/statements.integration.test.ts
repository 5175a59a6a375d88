import { Slice } from '@tenon/model/entities/slice';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { countStatements } from './testing/count-statements.js';
import type { TestClient } from './testing/test-client.js';
import { startTestApi } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

const TENANTS = 100;
const LIST = `{ exampleTenants(perPage: ${TENANTS}) {
  totalCount items { id label tenantMessage syncState provider { id name } instance { id label name } } } }`;

let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signIn();
  await admin.ask(`mutation { createExampleService(input: {
    name: "MyExample", versionNumber: "1", slices: [{ name: "mysite_many", siteId: 1 }] }) { id } }`);
  const em = forPrincipal(api.app.orm, SYSTEM);
  (await em.findOneOrFail(Slice, { name: 'mysite_many' })).maxInstances = TENANTS;
  await em.flush();
  for (let number = 0; number < TENANTS; number++) {
    await admin.ask(
      'mutation ($text: String!) { createExampleTenant(input: { tenantMessage: $text }) { id } }',
      {
        text: `message ${number}`,
      },
    );
  }
});
afterAll(() => api.stop());

describe('100 tenants with provider and instance', () => {
  it('take at most 4 SQL statements', async () => {
    // The first request writes when the session was last used, at most once a minute.
    await admin.ask(LIST);

    const { answer, statements } = await countStatements(api.app.orm, () =>
      admin.ask<{ exampleTenants: { totalCount: number; items: { instance: { name: string } | null }[] } }>(
        LIST,
      ),
    );

    expect(answer.exampleTenants.totalCount).toBe(TENANTS);
    expect(answer.exampleTenants.items.filter(({ instance }) => instance !== null)).toHaveLength(TENANTS);
    const ofTheList = statements.filter((statement) => !statement.includes('"session"'));
    expect(ofTheList.length, ofTheList.join('\n')).toBeLessThanOrEqual(4);
    expect(ofTheList.length).toBeGreaterThan(2);
  });

  it('take 6 with what may be done to each and with its last run', async () => {
    const { statements } = await countStatements(api.app.orm, () =>
      admin.ask(`{ exampleTenants(perPage: ${TENANTS}) {
        totalCount items { id provider { name } instance { name } lastRun { id } can { update delete } } } }`),
    );

    expect(statements.filter((statement) => !statement.includes('"session"')).length).toBeLessThanOrEqual(6);
  });
});
