import { describe, expect, it } from 'vitest';

import { decrypt, encrypt } from './secrets.js';

const key = Buffer.alloc(32, 1);

describe('a secret', () => {
  it('comes back as it was', () => {
    const plain = 'line one\nline two 😀';

    expect(decrypt(encrypt(plain, key), key)).toBe(plain);
  });

  it('is stored without its text, and each under an iv of its own', () => {
    const [first, second] = [encrypt('top secret', key), encrypt('top secres', key)];

    expect(Buffer.from(first.slice(3), 'base64').toString('latin1')).not.toContain('top secret');
    expect(first.slice(3, 19)).not.toBe(second.slice(3, 19));
    expect(encrypt('top secret', Buffer.alloc(32, 2))).not.toBe(first);
  });

  it('cannot be read with another key, and the error does not tell it', () => {
    const stored = encrypt('top secret', key);

    expect(() => decrypt(stored, Buffer.alloc(32, 2))).toThrow('the secret key does not fit');
  });

  it('cannot be changed unnoticed', () => {
    const bytes = Buffer.from(encrypt('top secret', key).slice(3), 'base64');
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;

    expect(() => decrypt(`v1:${bytes.toString('base64')}`, key)).toThrow('the secret key does not fit');
  });

  it('of another format is refused', () => {
    expect(() => decrypt('plain text', key)).toThrow('unknown format');
  });
});
