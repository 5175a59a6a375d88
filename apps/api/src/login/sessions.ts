import { createHash, randomBytes } from 'node:crypto';

import type { EntityManager, FilterQuery, MikroORM } from '@mikro-orm/postgresql';
import { Session } from '@tenon/model/entities/session';
import { User } from '@tenon/model/entities/user';
import type { UserPrincipal } from '@tenon/model/principal';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A session ends when it was not used for this long. */
const IDLE_MS = 12 * HOUR;
/** A session ends this long after its login, however busy it is. */
export const ABSOLUTE_MS = 7 * 24 * HOUR;
/** The time of last use is written at most this often: a write for every request would be a write for every click. */
const TOUCH_MS = MINUTE;

/** A session that is alive, and who it belongs to. */
export interface LiveSession {
  sessionId: number;
  principal: UserPrincipal;
}

/** The sessions in the database. Only hashes of their ids are stored: a stolen database opens none. */
export interface Sessions {
  /** Begins a session and returns its id for the cookie. `replacing`, the id the browser had before, ends. */
  begin(userId: number, replacing: string | null): Promise<string>;
  /** The session of an id, or null when there is none, it is over, or its user is not active. */
  find(token: string): Promise<LiveSession | null>;
  /** Like find, but looking is not using: it does not keep an idle session alive. */
  peek(token: string): Promise<LiveSession | null>;
  end(token: string): Promise<void>;
  /** Ends all sessions of a user but one. */
  endOthers(userId: number, keep: number): Promise<void>;
}

/** Sessions that read and write as SYSTEM: they decide who somebody is, so nobody's policy applies yet. */
export function createSessions(orm: MikroORM, now: () => number = Date.now): Sessions {
  const open = (): EntityManager => forPrincipal(orm, SYSTEM);
  return {
    async begin(userId, replacing) {
      const em = open();
      const token = randomBytes(32).toString('base64url');
      if (replacing !== null) await removeWhere(em, { tokenHash: hashToken(replacing) });
      await removeWhere(em, {
        $or: [{ expiresAt: { $lt: new Date(now()) } }, { lastSeenAt: { $lt: idleSince(now()) } }],
      });
      em.create(Session, {
        tokenHash: hashToken(token),
        user: em.getReference(User, userId),
        lastSeenAt: new Date(now()),
        expiresAt: new Date(now() + ABSOLUTE_MS),
      });
      await em.flush();
      return token;
    },
    async find(token) {
      const em = open();
      const session = await findLive(em, token, now());
      if (session === null) return null;
      if (now() - session.lastSeenAt.getTime() > TOUCH_MS) {
        session.lastSeenAt = new Date(now());
        await em.flush();
      }
      return liveSession(session);
    },
    async peek(token) {
      const session = await findLive(open(), token, now());
      return session === null ? null : liveSession(session);
    },
    end: (token) => removeWhere(open(), { tokenHash: hashToken(token) }),
    endOthers: (userId, keep) => removeWhere(open(), { user: userId, id: { $ne: keep } }),
  };
}

async function findLive(em: EntityManager, token: string, now: number): Promise<Session | null> {
  const session = await em.findOne(Session, { tokenHash: hashToken(token) }, { populate: ['user'] });
  return session !== null && !isOver(session, now) && session.user.isActive ? session : null;
}

function liveSession({ id: sessionId, user }: Session): LiveSession {
  const { id: userId, isAdmin, isReadonly } = user;
  return { sessionId, principal: { kind: 'user', userId, isAdmin, isReadonly } };
}

function isOver(session: Session, now: number): boolean {
  return session.expiresAt.getTime() <= now || session.lastSeenAt < idleSince(now);
}

function idleSince(now: number): Date {
  return new Date(now - IDLE_MS);
}

/** Removes row by row instead of by one statement: nothing here passes by the unit of work. */
async function removeWhere(em: EntityManager, where: FilterQuery<Session>): Promise<void> {
  for (const session of await em.find(Session, where)) em.remove(session);
  await em.flush();
}

/** The ids are 256 random bits, so a plain hash is enough: there is nothing to guess. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
