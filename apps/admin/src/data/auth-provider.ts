import type { Registry } from '@tenon/service-kit/admin/resource';
import type { AuthProvider, HttpError } from 'react-admin';

import type { Session } from './session.js';

/** Tells react-admin who is signed in and what he may do. It restates no rule: the API says it in `me.can`. */
export function createAuthProvider(session: Session, registry: Registry): AuthProvider {
  return {
    login: async ({ email, password }: { email: string; password: string }) => {
      await session.login(email, password);
    },
    logout: async () => {
      // The session may have ended already; there is nothing to do about it then.
      await session.logout().catch(() => undefined);
    },
    checkAuth: async () => {
      if (!(await session.me())) throw new Error('Please sign in.');
    },
    checkError: (error: HttpError) => {
      if (error.status !== 401) return Promise.resolve();
      session.forget();
      return Promise.reject(new Error('Your session has ended; sign in again to go on where you were.'));
    },
    getIdentity: async () => {
      const me = await session.me();
      if (!me) throw new Error('Nobody is signed in.');
      return {
        id: me.id,
        fullName: me.email,
        siteId: me.site?.id,
        isAdmin: me.isAdmin,
        isReadonly: me.isReadonly,
        mustChangePassword: me.mustChangePassword,
      };
    },
    canAccess: async ({ resource, action }) => {
      if (action !== 'create' && action !== 'delete') return true;
      const { type } = registry.byName(resource);
      const me = await session.me();
      return me?.can.find((permission) => permission.resource === type)?.[action] ?? false;
    },
  };
}
