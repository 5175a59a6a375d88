import { describe, expect, it } from 'vitest';

import { createLoginLimit } from './login-limit.js';

describe('the login limit', () => {
  const limits = { perUser: 3, perAddress: 5, windowMs: 1000 };

  function failures(count: number, user: string, limit = createLoginLimit(limits, () => 0)) {
    for (let i = 0; i < count; i++) limit.failed(user, '10.0.0.1');
    return limit;
  }

  it('lets somebody try until he failed too often', () => {
    expect(failures(2, 'a').waitMs('a', '10.0.0.1')).toBe(0);
    expect(failures(3, 'a').waitMs('A', '10.0.0.1')).toBe(1000);
  });

  it('does not lock a user out at other addresses', () => {
    expect(failures(3, 'a').waitMs('a', '10.0.0.2')).toBe(0);
  });

  it('stops an address that tries many users', () => {
    const limit = createLoginLimit(limits, () => 0);
    for (const user of ['a', 'b', 'c', 'd', 'e']) failures(1, user, limit);

    expect(limit.waitMs('f', '10.0.0.1')).toBe(1000);
  });

  it('forgets failures after the window, and those of a user who signed in', () => {
    let now = 0;
    const limit = failures(
      3,
      'a',
      createLoginLimit(limits, () => now),
    );
    now = 1000;
    expect(limit.waitMs('a', '10.0.0.1')).toBe(0);

    failures(3, 'b', limit).succeeded('b', '10.0.0.1');
    expect(limit.waitMs('b', '10.0.0.1')).toBe(0);
  });
});
