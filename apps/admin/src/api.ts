import type { Registry } from '@tenon/service-kit/admin/resource';
import type { TenonDataProvider } from '@tenon/service-kit/admin/tenon-provider';
import type { AuthProvider } from 'react-admin';

import { createAuthProvider } from './data/auth-provider.js';
import { createDataProvider } from './data/data-provider.js';
import { createRequest } from './data/request.js';
import { createSession, type Session } from './data/session.js';
import { createLiveStore, type LiveStore } from './live/live-store.js';

/** Everything by which the UI reaches the server it came from. */
export interface Api {
  session: Session;
  dataProvider: TenonDataProvider;
  authProvider: AuthProvider;
  live: LiveStore;
}

const PATH = '/graphql';

/** Connects the UI to the server at `location`. Nothing is sent before somebody asks. */
export function createApi(registry: Registry, { protocol, host }: Location): Api {
  const request = createRequest(PATH, (...args) => fetch(...args));
  const session = createSession(request);
  return {
    session,
    dataProvider: createDataProvider(registry, request),
    authProvider: createAuthProvider(session, registry),
    live: createLiveStore(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${PATH}`),
  };
}
