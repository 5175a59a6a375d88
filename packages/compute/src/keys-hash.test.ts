import { describe, expect, it } from 'vitest';
import { authorizedKeyLines, keysHash } from './keys-hash.js';

describe('authorized keys', () => {
  it('are the same set whatever their order, blanks, line ends and repetitions', () => {
    const hash = keysHash(['ssh-ed25519 AAAA one', 'ssh-rsa BBBB two']);

    expect(keysHash([' ssh-rsa BBBB two\r\nssh-ed25519 AAAA one\n\n', 'ssh-rsa BBBB two'])).toBe(hash);
    expect(keysHash(['ssh-ed25519 AAAA one'])).not.toBe(hash);
  });

  it('have an empty hash when there are none', () => {
    expect(keysHash(['', ' \n'])).toBe('');
    expect(authorizedKeyLines(['\n'])).toEqual([]);
  });
});
