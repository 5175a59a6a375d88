import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { PATIENCE } from '../testing/patience.js';
import type { Subscribed, TestClient } from '../testing/test-client.js';
import { startTestApi } from '../testing/test-api.js';
import type { TestApi } from '../testing/test-api.js';
import type { Change } from './change.js';
import { ChangeOperation } from './change.js';

const CHANGES = 'subscription { changes { type id generation op } }';
const SITES = 'subscription { changes(types: ["Site"]) { type id generation op } }';

let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signIn();
});
afterAll(() => api.stop());

const eventually = (check: () => void) => vi.waitFor(check, PATIENCE);

let markers = 0;

/** Subscribes and waits until the subscription is in place: it tells of a site made afterwards. */
async function subscribed(client: TestClient, query = CHANGES): Promise<Subscribed<Change>> {
  const before = api.app.feed.listeners();
  const subscription = client.subscribe<Change>(query, 'changes');
  await eventually(() => expect(api.app.feed.listeners()).toBe(before + 1));
  const id = await addSite(`marker${++markers}`);
  await eventually(() => expect(subscription.events.map((event) => event.id)).toContain(id));
  subscription.events.length = 0;
  return subscription;
}

const addSite = async (loginBase: string) =>
  (
    await admin.ask<{ createSite: { id: number } }>(
      'mutation ($name: String!) { createSite(input: { name: $name, loginBase: $name }) { id } }',
      { name: loginBase },
    )
  ).createSite.id;
const addSlice = async (name: string) =>
  (
    await admin.ask<{ createSlice: { id: number } }>(
      'mutation ($name: String!) { createSlice(input: { name: $name, siteId: 1 }) { id } }',
      { name },
    )
  ).createSlice.id;
const grant = async (userId: number, sliceId: number) =>
  (
    await admin.ask<{ createSlicePrivilege: { id: number } }>(
      'mutation ($input: CreateSlicePrivilegeInput!) { createSlicePrivilege(input: $input) { id } }',
      { input: { userId, sliceId, role: 'access' } },
    )
  ).createSlicePrivilege.id;
const revoke = (id: number) => admin.ask('mutation ($id: Int!) { deleteSlicePrivilege(id: $id) }', { id });

describe('a subscription to changes', () => {
  it('tells of rows that come, change and go', async () => {
    const { events, stop } = await subscribed(admin, SITES);

    const id = await addSite('comes');
    await eventually(() => expect(events).toEqual([{ type: 'Site', id, generation: 1, op: 'CREATED' }]));
    await admin.ask('mutation ($id: Int!) { updateSite(id: $id, input: { name: "x" }) { id } }', { id });
    await eventually(() => expect(events.at(-1)).toEqual({ type: 'Site', id, generation: 2, op: 'UPDATED' }));
    await admin.ask('mutation ($id: Int!) { deleteSite(id: $id) }', { id });
    await eventually(() => expect(events.at(-1)).toEqual({ type: 'Site', id, generation: 0, op: 'DELETED' }));

    expect(events).toHaveLength(3);
    await stop();
  });

  it('tells nothing of rows that the subscriber may not see, not even that they go', async () => {
    const user = await api.addUser('blind@example.org');
    const { events, stop } = await subscribed(user);

    const slice = await addSlice('mysite_hidden');
    await admin.ask('mutation ($id: Int!) { updateSlice(id: $id, input: { description: "x" }) { id } }', {
      id: slice,
    });
    await admin.ask('mutation ($id: Int!) { deleteSlice(id: $id) }', { id: slice });
    // Everybody sees sites: when this comes, what came before it would have come too.
    const marker = await addSite('marker');
    await eventually(() => expect(events.map(({ id, type }) => [type, id])).toContainEqual(['Site', marker]));

    expect(events).toEqual([{ type: 'Site', id: marker, generation: 1, op: 'CREATED' }]);
    await stop();
  });

  it('tells of what a privilege shows and hides', async () => {
    const user = await api.addUser('member@example.org');
    const slice = await addSlice('mysite_shared');
    const { events, stop } = await subscribed(user);
    const ofSlice = () => events.filter(({ type }) => type === 'Slice' || type === 'Network');

    const privilege = await grant(user.id, slice);
    await eventually(() => expect(ofSlice()).toHaveLength(3));
    expect(ofSlice()).toContainEqual({ type: 'Slice', id: slice, generation: 1, op: 'CREATED' });
    expect(ofSlice().every(({ op }) => op === ChangeOperation.CREATED)).toBe(true);
    await revoke(privilege);
    await eventually(() => expect(ofSlice()).toHaveLength(6));

    expect(ofSlice()).toContainEqual({ type: 'Slice', id: slice, generation: 0, op: 'DELETED' });
    expect(
      ofSlice()
        .slice(3)
        .every(({ op }) => op === ChangeOperation.DELETED),
    ).toBe(true);
    await stop();
  });

  it('goes on after the database ended the connection, and makes up for what was missed', async () => {
    const id = await addSite('lost');
    const { events, stop } = await subscribed(admin, SITES);

    await terminateFeed();
    await admin.ask('mutation ($id: Int!) { deleteSite(id: $id) }', { id });

    await eventually(() => expect(events).toContainEqual({ type: 'Site', id, generation: 0, op: 'DELETED' }));
    await stop();
  });

  it('knows its types', async () => {
    const subscription = admin.subscribe('subscription { changes(types: ["Nonsense"]) { id } }', 'changes');

    await eventually(() => expect(subscription.errors[0]?.message).toBe('There is no type Nonsense.'));
    await subscription.stop();
  });

  it('leaves nothing behind when it ends', async () => {
    const before = api.app.feed.listeners();
    const { stop } = await subscribed(admin);

    await stop();

    await eventually(() => expect(api.app.feed.listeners()).toBe(before));
  });
});

/** Ends the feed's connection as a restart of the database would. */
async function terminateFeed(): Promise<void> {
  const em = (await import('@tenon/model/principal')).forPrincipal(api.app.orm, { kind: 'system' });
  await em.execute(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'tenon-api-changes' and datname = current_database()`,
  );
}

describe('a socket', () => {
  it('closes when its session ends', async () => {
    const user = await api.signIn();
    const { closed } = await subscribed(user, SITES);

    await user.ask('mutation { logout }');

    expect(await closed).toMatchObject({ code: 4401, reason: 'the session ended' });
  });

  it('closes when the password is changed elsewhere', async () => {
    const user = await api.addUser('twice@example.org');
    const { closed } = await subscribed(user, SITES);
    const elsewhere = await api.signIn('twice@example.org');

    await elsewhere.ask('mutation { changePassword(current: "letmein", next: "correct horse") }');

    expect(await closed).toMatchObject({ code: 4401 });
  });

  it('closes when the rights of its user change, so that the next one has the new rights', async () => {
    const user = await api.addUser('promoted@example.org');
    const { closed } = await subscribed(user, SITES);

    await admin.ask('mutation ($id: Int!) { updateUser(id: $id, input: { isAdmin: true }) { id } }', {
      id: user.id,
    });

    expect(await closed).toMatchObject({ code: 4403, reason: 'your rights changed' });
  });

  it('is refused to somebody who is not signed in', async () => {
    const { closed } = api.anonymous().subscribe(SITES, 'changes');

    expect(await closed).toMatchObject({ code: 4401 });
  });

  it('is refused to a page of another origin', async () => {
    const { closed } = admin.subscribe(SITES, 'changes', { origin: 'https://evil.example.com' });

    expect(await closed).toMatchObject({ code: 1006 });
  });

  it('takes no queries and mutations', async () => {
    const { errors, stop } = admin.subscribe('mutation { createSite(input: {}) { id } }', 'createSite');

    await eventually(() => expect(errors[0]?.message).toContain('send queries and mutations by POST'));
    await stop();
  });
});
