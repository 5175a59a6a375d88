import type { IncomingMessage } from 'node:http';

import type { GraphContext } from '@tenon/graphql/context';
import { forPrincipal } from '@tenon/model/principal';

import type { App } from './app.js';
import type { LiveSession } from './login/sessions.js';

/** What the resolvers of this app are given besides what every resolver is given. */
export interface ApiContext extends GraphContext {
  app: App;
  /** The session that the request came with, or null. */
  session: LiveSession | null;
  /** The id in the cookie, alive or not. */
  token: string | null;
  /** Where the request came from, as far as the socket knows. */
  address: string;
  /** Whether the page was loaded through https, so that its cookie has to stay there. */
  isSecure: boolean;
  /** Sends a `Set-Cookie` with the answer. */
  setCookie(value: string): void;
}

/** The context of one operation: who asks is read from the cookie, anew each time. */
export async function createContext(
  app: App,
  request: IncomingMessage,
  setCookie: (value: string) => void,
): Promise<ApiContext> {
  const token = app.cookie.read(request);
  const session = token === null ? null : await app.sessions.find(token);
  return {
    app,
    principal: session?.principal ?? null,
    fork: (principal) => forPrincipal(app.orm, principal),
    wake: (keys) => app.hints.enqueue(keys),
    reads: null,
    session,
    token,
    address: request.socket.remoteAddress ?? 'unknown',
    isSecure: request.headers.origin?.startsWith('https:') === true,
    setCookie,
  };
}
