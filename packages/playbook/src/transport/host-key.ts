import { createHash, timingSafeEqual } from 'node:crypto';

/** The algorithms to ask the server for, by the type of the key we know; others could only be refused. */
const SIGNATURES = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
} as const;

type KeyType = keyof typeof SIGNATURES;

/** A signature that ssh2 and a machine may agree on. */
export type HostKeyAlgorithm = (typeof SIGNATURES)[KeyType][number];

/** A public host key, read. */
export interface HostKey {
  readonly algorithms: readonly HostKeyAlgorithm[];
  readonly fingerprint: string;
  matches(offered: Buffer): boolean;
}

/** Every algorithm, those of the types that are known of a machine first, as OpenSSH asks. */
export function algorithmsFor(knownTypes: readonly string[]): HostKeyAlgorithm[] {
  const types = Object.keys(SIGNATURES) as KeyType[];
  const known = types.filter((type) => knownTypes.includes(type));
  const order = [...known, ...types.filter((type) => !known.includes(type))];
  return order.flatMap((type) => [...SIGNATURES[type]]);
}

/** The type that a public key begins with (RFC 4253 section 6.6). */
export function typeOf(key: Buffer): string {
  return key.length < 4 ? '' : key.subarray(4, 4 + key.readUInt32BE()).toString('latin1');
}

/** As `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Reads `ssh-ed25519 AAAA… comment`; undefined when it is not a public key. */
export function readHostKey(text: string): HostKey | undefined {
  const [type = '', body = ''] = text.trim().split(/\s+/);
  const known = Buffer.from(body, 'base64');
  if (!(type in SIGNATURES) || known.length === 0) return undefined;
  return {
    algorithms: SIGNATURES[type as KeyType],
    fingerprint: fingerprintOf(known),
    matches: (offered) => offered.length === known.length && timingSafeEqual(offered, known),
  };
}
