import type { IncomingMessage } from 'node:http';

/** Reads and writes the cookie that carries a session's id. */
export interface SessionCookie {
  /** The session id that the request carries, or null. */
  read(request: Pick<IncomingMessage, 'headers'>): string | null;
  /** `Set-Cookie` value that hands out a session id for `maxAgeMs`. */
  issue(token: string, options: { maxAgeMs: number; secure: boolean }): string;
  /** `Set-Cookie` value that takes the session id away. */
  clear(): string;
}

/**
 * The name holds the start of the installation's id: cookies ignore ports, so two installations on one host would
 * otherwise log each other's users out.
 */
export function sessionCookie(installationId: string): SessionCookie {
  const name = `tenon_${installationId.slice(0, 8)}`;
  const attributes = 'Path=/; HttpOnly; SameSite=Lax';
  return {
    read(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value ? value : null;
    },
    issue: (token, { maxAgeMs, secure }) =>
      `${name}=${token}; ${attributes}; Max-Age=${Math.floor(maxAgeMs / 1000)}${secure ? '; Secure' : ''}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}
