import { User } from '@tenon/model/entities/user';
import { InputError } from '@tenon/model/errors';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import type { ApiContext } from '../context.js';
import { verifyPassword } from './passwords.js';
import { ABSOLUTE_MS } from './sessions.js';

const MINUTE = 60_000;

/** What somebody typed into the login form. */
export interface Credentials {
  email: string;
  password: string;
}

/**
 * Signs in: checks the password, begins a new session (never goes on with the one that the browser had) and hands out its
 * cookie. The context speaks for the user from here on.
 * @throws InputError with one text for an unknown user, a wrong password and an inactive user: it tells nobody which
 * users there are. Also when there were too many failures.
 */
export async function signIn(context: ApiContext, { email, password }: Credentials): Promise<void> {
  const { app, address } = context;
  refuseWhenTooMany(app.loginLimit.waitMs(email, address));
  const em = forPrincipal(app.orm, SYSTEM);
  const user = await em.findOne(User, { email: email.trim() });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches || !user.isActive) {
    app.loginLimit.failed(email, address);
    throw new InputError({ '': ['Please enter a correct email and password. Both are case-sensitive.'] });
  }
  app.loginLimit.succeeded(email, address);
  const token = await app.sessions.begin(user.id, context.token);
  context.setCookie(app.cookie.issue(token, { maxAgeMs: ABSOLUTE_MS, secure: context.isSecure }));
  await speakFor(context, token);
}

/** Signs out: ends the session and takes the cookie away. */
export async function signOut(context: ApiContext): Promise<void> {
  if (context.token !== null) await context.app.sessions.end(context.token);
  context.setCookie(context.app.cookie.clear());
  context.session = null;
  context.principal = null;
  context.reads = null;
}

async function speakFor(context: ApiContext, token: string): Promise<void> {
  context.token = token;
  context.session = await context.app.sessions.find(token);
  context.principal = context.session?.principal ?? null;
  context.reads = null;
}

function refuseWhenTooMany(waitMs: number): void {
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / MINUTE);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  throw new InputError({ '': [`Too many failed logins from your address; try again in ${wait}.`] });
}
