import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** A new SSH host key: the private half in OpenSSH's file format, the public half as in known_hosts. */
export interface HostKey {
  privateKey: string;
  publicKey: string;
}

const KEY_TYPE = 'ssh-ed25519';

/**
 * Makes an ed25519 host key in memory. Upload the private half and forget it.
 * Format: openssh-portable, PROTOCOL.key (node:crypto writes PKCS#8 only, which sshd of Debian 12 does not read).
 */
export function createHostKey(): HostKey {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (jwk.d === undefined || jwk.x === undefined)
    throw new Error('cannot make a host key: node:crypto gave no ed25519 JWK');
  const seed = Buffer.from(jwk.d, 'base64url');
  const point = Buffer.from(jwk.x, 'base64url');
  const publicBlob = Buffer.concat([sshString(KEY_TYPE), sshString(point)]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'), // cipher
    sshString('none'), // key derivation
    sshString(''),
    uint32(1),
    sshString(publicBlob),
    sshString(privateSection(seed, point)),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey: `${KEY_TYPE} ${publicBlob.toString('base64')}`,
  };
}

function privateSection(seed: Buffer, point: Buffer): Buffer {
  const check = randomBytes(4); // written twice: tells a reader that it deciphered correctly
  const fields = [
    check,
    check,
    sshString(KEY_TYPE),
    sshString(point),
    sshString(Buffer.concat([seed, point])),
    sshString(''),
  ];
  const length = fields.reduce((sum, field) => sum + field.length, 0);
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, index) => index + 1));
  return Buffer.concat([...fields, padding]);
}

function sshString(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
