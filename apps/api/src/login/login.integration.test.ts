import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Session } from '@tenon/model/entities/session';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import { PASSWORD, startTestApi } from '../testing/test-api.js';
import type { TestApi } from '../testing/test-api.js';
import { ABSOLUTE_MS, createSessions } from './sessions.js';

const HOUR = 3_600_000;
const LOGIN =
  'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { email } }';
const ME = '{ me { email } }';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const login = (email: string, password: string) => ({ query: LOGIN, variables: { email, password } });

describe('login', () => {
  it('hands out an http-only cookie of a session whose id is nowhere in the database', async () => {
    const client = api.anonymous();

    const response = await client.post(JSON.stringify(login('padmin@vicci.org', PASSWORD)));

    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^tenon_[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    const sessions = await forPrincipal(api.app.orm, SYSTEM).find(Session, {});
    const token = cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    expect(sessions.length).toBeGreaterThan(0);
    expect(JSON.stringify(sessions)).not.toContain(token);
  });

  it('answers an unknown user and a wrong password with the same words', async () => {
    const wrong = await api.anonymous().fail(LOGIN, { email: 'padmin@vicci.org', password: 'wrong' });
    const unknown = await api.anonymous().fail(LOGIN, { email: 'nobody@vicci.org', password: 'wrong' });

    expect(wrong.extensions.code).toBe('BAD_USER_INPUT');
    expect(unknown).toEqual(wrong);
  });

  it('refuses a user who is not active, and ends the sessions he had', async () => {
    const user = await api.addUser('inactive@example.org');
    const admin = await api.signIn();

    await admin.ask('mutation ($id: Int!) { updateUser(id: $id, input: { isActive: false }) { id } }', {
      id: user.id,
    });

    expect(await user.ask(ME)).toEqual({ me: null });
    const error = await api.anonymous().fail(LOGIN, { email: 'inactive@example.org', password: PASSWORD });
    expect(error.message).toContain('correct email and password');
  });

  it('begins a new session at every login and ends the one the browser had', async () => {
    const client = await api.signIn();
    const before = client.cookieHeader;

    await client.ask(LOGIN, { email: 'padmin@vicci.org', password: PASSWORD });

    expect(client.cookieHeader).not.toBe(before);
    const thief = api.anonymous();
    const response = await thief.post(JSON.stringify({ query: ME }), { cookie: before });
    expect(await response.json()).toEqual({ data: { me: null } });
  });

  it('says that there were too many failures, and for how long, even to the right password', async () => {
    const limited = await startTestApi();
    const client = limited.anonymous();
    for (let attempt = 0; attempt < 10; attempt++) {
      await client.fail(LOGIN, { email: 'padmin@vicci.org', password: 'wrong' });
    }

    const error = await client.fail(LOGIN, { email: 'padmin@vicci.org', password: PASSWORD });

    expect(error.extensions.fields).toEqual({
      '': ['Too many failed logins from your address; try again in 5 minutes.'],
    });
    await limited.stop();
  });
});

describe('a session', () => {
  it('ends with the logout', async () => {
    const client = await api.signIn();
    const cookie = client.cookieHeader;

    await client.ask('mutation { logout }');

    const response = await api.anonymous().post(JSON.stringify({ query: ME }), { cookie });
    expect(await response.json()).toEqual({ data: { me: null } });
  });

  it.each([
    ['was idle for more than 12 hours', 12 * HOUR + 1],
    ['is older than a week', ABSOLUTE_MS + 1],
  ])('is over when it %s', async (_name, age) => {
    const now = Date.now();
    const token = await createSessions(api.app.orm, () => now).begin(1, null);

    expect(await createSessions(api.app.orm, () => now + 11 * HOUR).peek(token)).not.toBeNull();
    expect(await createSessions(api.app.orm, () => now + age).peek(token)).toBeNull();
  });

  it('is over after a week though it was used every hour', async () => {
    const now = Date.now();
    const token = await createSessions(api.app.orm, () => now).begin(1, null);
    for (let at = now; at < now + ABSOLUTE_MS - HOUR; at += 11 * HOUR) {
      expect(await createSessions(api.app.orm, () => at).find(token)).not.toBeNull();
    }

    expect(await createSessions(api.app.orm, () => now + ABSOLUTE_MS).find(token)).toBeNull();
  });
});

describe('changing the password', () => {
  const CHANGE =
    'mutation ($current: String!, $next: String!) { changePassword(current: $current, next: $next) }';

  it('ends the other sessions of the user, keeps this one, and lets the new password in', async () => {
    const user = await api.addUser('changer@example.org');
    const elsewhere = await api.signIn('changer@example.org');

    await user.ask(CHANGE, { current: PASSWORD, next: 'correct horse' });

    expect(await user.ask('{ me { email mustChangePassword } }')).toEqual({
      me: { email: 'changer@example.org', mustChangePassword: false },
    });
    expect(await elsewhere.ask(ME)).toEqual({ me: null });
    await api.anonymous().fail(LOGIN, { email: 'changer@example.org', password: PASSWORD });
    await api.anonymous().ask(LOGIN, { email: 'changer@example.org', password: 'correct horse' });
  });

  it.each([
    ['a wrong current password', { current: 'wrong', next: 'correct horse' }, 'current'],
    ['a short new password', { current: PASSWORD, next: 'short' }, 'next'],
    ['the same password again', { current: PASSWORD, next: PASSWORD }, 'next'],
  ])('refuses %s', async (_name, passwords, field) => {
    const client = await api.signIn();

    const error = await client.fail(CHANGE, passwords);

    expect(Object.keys(error.extensions.fields ?? {})).toEqual([field]);
  });

  it('of another user is for administrators only', async () => {
    const user = await api.addUser('plain@example.org');
    const reset = 'mutation ($id: Int!) { resetPassword(userId: $id, password: "something new") }';

    const error = await user.fail(reset, { id: 1 });
    await (await api.signIn()).ask(reset, { id: user.id });

    expect(error.extensions.code).toBe('FORBIDDEN');
    expect(await user.ask(ME)).toEqual({ me: null });
    const answer = await api
      .anonymous()
      .ask(
        'mutation { login(email: "plain@example.org", password: "something new") { mustChangePassword } }',
      );
    expect(answer).toEqual({ login: { mustChangePassword: true } });
  });
});
