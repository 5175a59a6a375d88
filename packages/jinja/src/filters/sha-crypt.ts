import { createHash } from 'node:crypto';

/** What differs between SHA-256-crypt (`$5$`) and SHA-512-crypt (`$6$`). */
interface Variant {
  readonly algorithm: 'sha256' | 'sha512';
  readonly prefix: string;
  /** The order in which bytes of the digest are written, three at a time; the last group may be shorter. */
  readonly order: readonly (readonly number[])[];
}

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DEFAULT_ROUNDS = 5000;

/** Groups of three bytes that stand a third of the digest apart; every group is turned one further than the last. */
function turning(groups: number, step: 1 | 2): number[][] {
  return Array.from({ length: groups }, (_, index) => {
    const bytes = [index, index + groups, index + 2 * groups];
    return [0, 1, 2].map((place) => bytes[(place + index * step) % 3] ?? 0);
  });
}

export const SHA_512: Variant = { algorithm: 'sha512', prefix: '$6$', order: [...turning(21, 1), [63]] };
export const SHA_256: Variant = { algorithm: 'sha256', prefix: '$5$', order: [...turning(10, 2), [31, 30]] };

function repeatTo(block: Buffer, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(length / block.length) }, () => block)).subarray(
    0,
    length,
  );
}

/** The first digest: password, salt, and a second digest mixed in bit by bit of the password's length. */
function start(hash: (...parts: Buffer[]) => Buffer, password: Buffer, salt: Buffer): Buffer {
  const alternate = hash(password, salt, password);
  const parts = [password, salt, repeatTo(alternate, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? alternate : password);
  return hash(...parts);
}

function write(digest: Buffer, order: Variant['order']): string {
  return order
    .map((group) => {
      let bits = group.reduce((value, index) => (value << 8) | (digest[index] ?? 0), 0);
      const letters = group.length === 3 ? 4 : group.length + 1;
      let text = '';
      for (let count = 0; count < letters; count += 1) {
        text += ALPHABET[bits & 0x3f] ?? '';
        bits >>>= 6;
      }
      return text;
    })
    .join('');
}

/**
 * A password as `crypt(3)` stores it (Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", 2008).
 * `salt` is cut at 16 characters; 5000 rounds unless given, at least 1000.
 */
export function shaCrypt(variant: Variant, password: string, salt: string, rounds: number | null): string {
  const hash = (...parts: Buffer[]): Buffer =>
    createHash(variant.algorithm).update(Buffer.concat(parts)).digest();
  const [key, cut] = [Buffer.from(password, 'utf8'), Buffer.from(salt, 'utf8').subarray(0, 16)];
  let digest = start(hash, key, cut);
  const keyed = key.length === 0 ? key : repeatTo(hash(repeatTo(key, key.length * key.length)), key.length);
  const salted = repeatTo(hash(repeatTo(cut, cut.length * (16 + (digest[0] ?? 0)))), cut.length);
  const count = Math.max(1000, rounds ?? DEFAULT_ROUNDS);
  for (let round = 0; round < count; round += 1) {
    const [first, last] = round % 2 === 1 ? [keyed, digest] : [digest, keyed];
    const middle = [...(round % 3 === 0 ? [] : [salted]), ...(round % 7 === 0 ? [] : [keyed])];
    digest = hash(first, ...middle, last);
  }
  const named = rounds === null ? '' : `rounds=${String(count)}$`;
  return `${variant.prefix}${named}${cut.toString('utf8')}$${write(digest, variant.order)}`;
}
