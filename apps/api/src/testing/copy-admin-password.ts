import { User } from '@tenon/model/entities/user';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import type { App } from '../app.js';

/** Copies the administrator's password hash: hashing anew for every user would be most of the tests' time. */
export async function copyAdminPassword(app: App, userId: number): Promise<void> {
  const em = forPrincipal(app.orm, SYSTEM);
  const admin = await em.findOneOrFail(User, { id: 1 });
  const user = await em.findOneOrFail(User, { id: userId });
  user.passwordHash = admin.passwordHash;
  await em.flush();
}
