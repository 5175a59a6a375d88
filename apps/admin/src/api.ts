import { createAuthProvider } from './data/auth-provider.js';
import { createDataProvider } from './data/data-provider.js';
import { createRequest } from './data/request.js';
import { createSession } from './data/session.js';
import { createLiveStore } from './live/live-store.js';
import { registry } from './resources/all.js';

const PATH = '/graphql';

const request = createRequest(PATH, (...args) => fetch(...args));

/** Who is signed in. */
export const session = createSession(request);

/** The API as react-admin sees it. */
export const dataProvider = createDataProvider(registry, request);
export const authProvider = createAuthProvider(session, registry);

/** The connection of live updates. */
export const live = createLiveStore(liveUrl(window.location));

function liveUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${PATH}`;
}
