import { createPublicKey, verify, createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHostKey } from './host-key.js';

describe('a host key', () => {
  it('is a pair: what the private half signs the public half verifies', () => {
    const { privateKey, publicKey } = createHostKey();
    const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
    const file = Buffer.from(privateKey.split('\n').slice(1, -2).join(''), 'base64');
    const point = blob.subarray(-32);
    const seedAt = file.lastIndexOf(point) - 32;

    const x = point.toString('base64url');
    const d = file.subarray(seedAt, seedAt + 32).toString('base64url');
    const signer = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
    const verifier = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const message = Buffer.from('hello');

    expect(verify(null, message, verifier, sign(null, message, signer))).toBe(true);
  });

  it('is written as OpenSSH writes it', () => {
    const { privateKey, publicKey } = createHostKey();
    const lines = privateKey.split('\n');

    expect(lines[0]).toBe('-----BEGIN OPENSSH PRIVATE KEY-----');
    expect(lines.slice(1, -2).every((line) => line.length <= 70)).toBe(true);
    expect(lines.slice(-2)).toEqual(['-----END OPENSSH PRIVATE KEY-----', '']);
    expect(publicKey).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}$/);
  });

  it('is another one each time', () => {
    expect(createHostKey().publicKey).not.toBe(createHostKey().publicKey);
  });
});
