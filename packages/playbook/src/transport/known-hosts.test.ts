import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { generateKeyPair } from './keys.js';
import { knownHostName, readKnownHosts } from './known-hosts.js';

const key = generateKeyPair('').publicKey;
const other = generateKeyPair('').publicKey;

function hashed(name: string): string {
  const salt = Buffer.from('salt');
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

function found(text: string, name: string): unknown {
  const { keys, revoked, authority } = readKnownHosts([{ path: 'kh', text }], name);
  return [keys.map(({ at }) => at), revoked.length, authority];
}

test.each([
  [`a,b ${key}`, 'b', [['kh:1'], 0, undefined]],
  [`a ${key}\n# a ${key}\n\na ${other} comment`, 'a', [['kh:1', 'kh:4'], 0, undefined]],
  [`${hashed('machine')} ${key}`, 'machine', [['kh:1'], 0, undefined]],
  [`${hashed('machine')} ${key}`, 'another', [[], 0, undefined]],
  [`[a]:2222 ${key}`, knownHostName('A', 2222), [['kh:1'], 0, undefined]],
  [`a ${key}`, knownHostName('a', 2222), [[], 0, undefined]],
  [`*.example.org,!evil.example.org ${key}`, 'good.example.org', [['kh:1'], 0, undefined]],
  [`*.example.org,!evil.example.org ${key}`, 'evil.example.org', [[], 0, undefined]],
  [`10.0.0.? ${key}`, '10.0.0.7', [['kh:1'], 0, undefined]],
  [`@revoked * ${key}\n@cert-authority *.org ${key}`, 'a.org', [[], 1, 'kh:2']],
  ['a\na ssh-ed25519\nnonsense', 'a', [[], 0, undefined]],
])('%# of known_hosts', (text, name, expected) => {
  expect(found(text, name)).toEqual(expected);
});
