import { generateKeyPairSync, randomBytes } from 'node:crypto';

const TYPE = 'ssh-ed25519';

/** A key pair in OpenSSH's own formats. */
export interface KeyPair {
  /** `-----BEGIN OPENSSH PRIVATE KEY-----…`, without a passphrase. */
  privateKey: string;
  /** `ssh-ed25519 AAAA… comment`, one line without its end. */
  publicKey: string;
}

function field(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The cipher is `none`, whose block size is 8; the padding is 1, 2, 3 … (openssh PROTOCOL.key). */
function padded(content: Buffer): Buffer {
  const missing = (8 - (content.length % 8)) % 8;
  return Buffer.concat([content, Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, missing))]);
}

/**
 * A new ed25519 key pair. Written by hand because Node exports PKCS8 only, which neither OpenSSH nor ssh2 reads
 * (ssh2 1.17: "Unsupported key format"), and ssh2 is imported in one file.
 */
export function generateKeyPair(comment: string): KeyPair {
  const pair = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = pair.privateKey.export({ format: 'jwk' });
  const publicBytes = Buffer.from(x, 'base64url');
  const secretBytes = Buffer.concat([Buffer.from(d, 'base64url'), publicBytes]);
  const blob = Buffer.concat([field(TYPE), field(publicBytes)]);
  const check = randomBytes(4);
  const secret = padded(
    Buffer.concat([check, check, field(TYPE), field(publicBytes), field(secretBytes), field(comment)]),
  );
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    number(1),
    field(blob),
    field(secret),
  ]);
  const lines = file
    .toString('base64')
    .replaceAll(/(.{70})/g, '$1\n')
    .trimEnd();
  return {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey: `${TYPE} ${blob.toString('base64')} ${comment.replaceAll(/\s+/g, ' ').trim()}`.trimEnd(),
  };
}
