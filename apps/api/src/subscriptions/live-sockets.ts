import type { Logger } from 'pino';
import type { WebSocket } from 'ws';

import type { LiveSession, Sessions } from '../login/sessions.js';
import type { ChangeFeed } from './change-feed.js';

/** graphql-ws clients do not try again after this code. */
const UNAUTHORIZED = 4401;
/** graphql-ws clients connect again after this code, and get the rights they have then. */
const FORBIDDEN = 4403;
/** How often sessions are looked at for having expired. */
const CHECK_MS = 30_000;

interface LiveSocket {
  socket: WebSocket;
  token: string;
  session: LiveSession;
}

/** The open sockets, each with the session it belongs to. */
export interface LiveSockets {
  /** Lets the socket live as long as its session, and as the rights that its user has now. */
  add(live: LiveSocket): void;
  close(): void;
}

/**
 * Closes sockets whose session ended (logout, password changed, expired, user deactivated), and those of a user whose
 * rights changed. Ends reach every api process, because the database tells of them.
 */
export function createLiveSockets({
  feed,
  sessions,
  logger,
}: {
  feed: ChangeFeed;
  sessions: Sessions;
  logger: Logger;
}): LiveSockets {
  const sockets = new Set<LiveSocket>();

  const check = async (live: LiveSocket): Promise<void> => {
    const now = await sessions.peek(live.token);
    if (now === null) live.socket.close(UNAUTHORIZED, 'the session ended');
    else if (!isSamePrincipal(now, live.session)) live.socket.close(FORBIDDEN, 'your rights changed');
  };
  const checkThose = (which: (live: LiveSocket) => boolean): void => {
    for (const live of [...sockets].filter(which)) {
      check(live).catch((error: unknown) =>
        logger.warn({ err: error }, 'cannot check the session of a socket'),
      );
    }
  };

  const stop = feed.listen({
    changed(changes) {
      const ended = new Set(changes.filter(({ table }) => table === 'session').map(({ id }) => id));
      const users = new Set(changes.filter(({ table }) => table === 'user_account').map(({ id }) => id));
      if (ended.size + users.size === 0) return;
      checkThose(({ session }) => ended.has(session.sessionId) || users.has(session.principal.userId));
    },
    resynchronize: () => checkThose(() => true),
  });
  const timer = setInterval(() => checkThose(() => true), CHECK_MS);

  return {
    add(live) {
      sockets.add(live);
      live.socket.once('close', () => sockets.delete(live));
    },
    close() {
      stop();
      clearInterval(timer);
    },
  };
}

function isSamePrincipal({ principal: a }: LiveSession, { principal: b }: LiveSession): boolean {
  return a.userId === b.userId && a.isAdmin === b.isAdmin && a.isReadonly === b.isReadonly;
}
