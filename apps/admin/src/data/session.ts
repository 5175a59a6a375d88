import type { Request } from './request.js';

/** What a person may do with a type of objects; the server decides, the UI only shows. */
interface Permission {
  resource: string;
  create: boolean;
  update: boolean;
  delete: boolean;
}

/** The person at the screen. */
interface Me {
  id: number;
  email: string;
  isAdmin: boolean;
  isReadonly: boolean;
  mustChangePassword: boolean;
  site: { id: number } | null;
  can: Permission[];
}

const ME = `id email isAdmin isReadonly mustChangePassword site { id } can { resource create update delete }`;

/** Who is signed in, asked for once and remembered until the session ends. */
export interface Session {
  /** The person, or null when nobody is signed in. */
  me(): Promise<Me | null>;
  /** @throws HttpError when email or password is wrong. */
  login(email: string, password: string): Promise<Me>;
  logout(): Promise<void>;
  /** Forgets what is known, so that the next question goes to the server. */
  forget(): void;
  /** Calls back after every change of who is signed in; gives a function that stops it. */
  subscribe(listener: () => void): () => void;
}

/**
 * Makes a session. An anonymous answer is not remembered: an immediate rejection by react-admin's `checkAuth` makes it render
 * in circles, a round trip to the server does not.
 */
export function createSession(request: Request): Session {
  let known: Promise<Me | null> | null = null;
  const listeners = new Set<() => void>();
  const remember = (me: Promise<Me | null> | null): void => {
    known = me;
    for (const listener of listeners) listener();
  };

  return {
    async me() {
      if (known) return known;
      const asked = request<{ me: Me | null }>(`query Me { me { ${ME} } }`).then(({ me }) => me);
      known = asked;
      try {
        const me = await asked;
        if (!me && known === asked) known = null;
        return me;
      } catch (error) {
        if (known === asked) known = null;
        throw error;
      }
    },
    async login(email, password) {
      const document = `mutation Login($email: String!, $password: String!) {
  me: login(email: $email, password: $password) { ${ME} }
}`;
      const { me } = await request<{ me: Me }>(document, { email, password });
      remember(Promise.resolve(me));
      return me;
    },
    async logout() {
      remember(null);
      await request('mutation Logout { logout }');
    },
    forget: () => remember(null),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
