import { describe, expect, it } from 'vitest';

import type { Request } from './request.js';
import { createSession } from './session.js';

const padmin = {
  id: 1,
  email: 'padmin@vicci.org',
  isAdmin: true,
  isReadonly: false,
  mustChangePassword: true,
  site: null,
  can: [],
};

/** An API that answers `me` with what it is told to, and keeps what it was asked. */
function fakeApi(me: unknown) {
  const asked: string[] = [];
  const request = ((document: string) => {
    asked.push(document.slice(0, 8));
    return Promise.resolve({ me });
  }) as Request;
  return { asked, session: createSession(request) };
}

describe('the session', () => {
  it('asks once who is signed in, however many ask at the same time', async () => {
    const { asked, session } = fakeApi(padmin);

    const answers = await Promise.all([session.me(), session.me(), session.me()]);

    expect(answers).toEqual([padmin, padmin, padmin]);
    expect(asked).toHaveLength(1);
  });

  it('asks again after an anonymous answer: an immediate rejection renders in circles', async () => {
    const { asked, session } = fakeApi(null);

    await session.me();
    await session.me();

    expect(asked).toHaveLength(2);
  });

  it('knows who is signed in after a login, and nobody after it was told to forget', async () => {
    const { asked, session } = fakeApi(padmin);

    await session.login('padmin@vicci.org', 'letmein');
    await session.me();
    expect(asked).toEqual(['mutation']);

    session.forget();
    await session.me();
    expect(asked).toEqual(['mutation', 'query Me']);
  });
});
