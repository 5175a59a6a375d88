import { expect, it } from 'vitest';
import { SHA_256, SHA_512, shaCrypt } from './sha-crypt.js';

// The answers are those of glibc's crypt(3).
it.each([
  [
    '',
    'abc',
    null,
    '$6$abc$mJP3a6FyA8uCnzRtlnNypPwjnvpi5TP9qOrInzrfDmwxUQG38PkpCPdqfTb8JQfAngapMxeim4AZ..hSdRRzD.',
  ],
  ['Hello world!', 'saltstring', null, '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  [
    'Hello world!',
    'saltstring',
    null,
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  ['pässwörd '.repeat(12), 'x', null, '$5$x$pOc1kVwwg9pt./vOO/Vh3RrRu4BGiscDlRDdPv9bFFA'],
  [
    'a'.repeat(64),
    '0123456789abcdef',
    1000,
    '$6$rounds=1000$0123456789abcdef$gbFCxRMRM.Cg0QGlB8WCseou2TzyzX./6IAUOsiJRZ39NI5kgupowBpckfsdc7.XJHsLNci9IGycDZ2A4Vpao/',
  ],
  [
    'b'.repeat(70),
    'toolongsaltstring',
    1234,
    '$5$rounds=1234$toolongsaltstrin$Fv5mWRKJlWMlzhgjlBGVifasEkskAaDzg4UaN876lB3',
  ],
] as const)(
  'the password %j with the salt %j is stored as crypt(3) does',
  (password, salt, rounds, stored) => {
    const variant = stored.startsWith('$6$') ? SHA_512 : SHA_256;

    expect(shaCrypt(variant, password, salt, rounds)).toBe(stored);
  },
);
