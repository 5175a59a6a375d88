import { describe, expect, it } from 'vitest';

import { createRedactor } from './redact.js';

const key = `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nAAAAMwAAAAtzc2gtZWQyNTUx\n-----END OPENSSH PRIVATE KEY-----\n`;

describe('known secrets', () => {
  const redact = createRedactor(['correct horse', key]);

  it.each([
    ['in the middle of a text', 'it is correct horse now', 'it is ******** now'],
    ['in base64', `x ${Buffer.from('correct horse').toString('base64')} y`, 'x ******** y'],
    ['one line of a key', 'got AAAAMwAAAAtzc2gtZWQyNTUx from it', 'got ******** from it'],
    ['a key inside JSON text', JSON.stringify({ stdout: key }), '{"stdout":"********\\n"}'],
  ])('are masked: %s', (_where, text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  it('are masked wherever they are in plain data, and the shape stays', () => {
    expect(redact({ a: ['correct horse', 1, null, true], 'correct horse': { b: 'correct horse' } })).toEqual({
      a: ['********', 1, null, true],
      '********': { b: '********' },
    });
  });
});

describe('secrets by their look', () => {
  const redact = createRedactor([]);

  it.each([
    ['password=hunter2 rest', 'password=******** rest'],
    ['mysql --password hunter2 -u root', 'mysql --password ******** -u root'],
    ['mysql --password=hunter2', 'mysql --password=********'],
    ['DB_PASSWORD: hunter2', 'DB_PASSWORD: ********'],
    ['{"api_key": "abc123", "user": "me"}', '{"api_key": "********", "user": "me"}'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer ********'],
    ['postgres://me:hunter2@db/x', 'postgres://me:********@db/x'],
    [`before\n${key}after`, 'before\n********\nafter'],
    ['-----BEGIN RSA PRIVATE KEY-----\ncut off', '********'],
  ])('%s', (text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  it('masks values under a name that says so', () => {
    expect(
      redact({ login_password: 'hunter2', become_pass: 'x', nested: { token: 'y', passed: 'yes' } }),
    ).toEqual({
      login_password: '********',
      become_pass: 'x',
      nested: { token: '********', passed: 'yes' },
    });
  });

  it.each(['a tenant\'s message: "; touch /pwned; #', 'the password was changed', '254 emoji 😀', ''])(
    'leaves ordinary text alone: %s',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});
