import { User } from '@tenon/model/entities/user';
import { ForbiddenError, InputError, UnauthenticatedError } from '@tenon/model/errors';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import type { App } from '../app.js';
import type { ApiContext } from '../context.js';
import { hashPassword, verifyPassword } from './passwords.js';

/** Shortest password allowed (NIST SP 800-63B). */
const MIN_LENGTH = 8;
/** Longest password allowed: hashing is meant to be slow, so nobody may ask for much of it. */
const MAX_LENGTH = 256;

/**
 * Changes the asker's own password and ends all his other sessions, with their sockets.
 * @throws InputError on `current` or `next`; wrong current passwords count as failed logins.
 */
export async function changePassword(
  context: ApiContext,
  passwords: { current: string; next: string },
): Promise<void> {
  const { app, session, address } = context;
  if (session === null) throw new UnauthenticatedError();
  const em = forPrincipal(app.orm, SYSTEM);
  const user = await em.findOneOrFail(User, { id: session.principal.userId });
  if (app.loginLimit.waitMs(user.email, address) > 0) {
    throw new InputError({ current: ['Too many wrong passwords; try again in a few minutes.'] });
  }
  if (!(await verifyPassword(user.passwordHash, passwords.current))) {
    app.loginLimit.failed(user.email, address);
    throw new InputError({ current: ['Your old password was entered incorrectly. Please enter it again.'] });
  }
  if (passwords.next === passwords.current)
    throw new InputError({ next: ['Choose another password than the current one.'] });
  await setPassword(app, user.id, { password: passwords.next, field: 'next', mustChange: false });
  await app.sessions.endOthers(user.id, session.sessionId);
}

/**
 * Gives somebody a password that he has to change, and ends all his sessions. For installation admins.
 * @throws ForbiddenError for everybody else, InputError on `password`.
 */
export async function resetPassword(context: ApiContext, userId: number, password: string): Promise<void> {
  const { app, principal } = context;
  if (principal === null) throw new UnauthenticatedError();
  if (!principal.isAdmin || principal.isReadonly) {
    throw new ForbiddenError('cannot set the password of another user: you are no administrator; ask one');
  }
  await setPassword(app, userId, { password, field: 'password', mustChange: userId !== principal.userId });
  await app.sessions.endOthers(userId, context.session?.sessionId ?? 0);
}

async function setPassword(
  app: App,
  userId: number,
  { password, field, mustChange }: { password: string; field: string; mustChange: boolean },
): Promise<void> {
  const length = Array.from(password).length;
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    throw new InputError({ [field]: [`A password has from ${MIN_LENGTH} to ${MAX_LENGTH} characters.`] });
  }
  const passwordHash = await hashPassword(password);
  const em = forPrincipal(app.orm, SYSTEM);
  const user = await em.findOne(User, { id: userId });
  if (user === null) throw new InputError({ id: ['There is no such user.'] });
  Object.assign(user, { passwordHash, mustChangePassword: mustChange });
  await em.flush();
}
