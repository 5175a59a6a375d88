import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 10_000;
const KEY_BYTES = 32;
const BLOCK_BYTES = 16;

/** The three parts of a sealed text. */
export interface Sealed {
  readonly salt: Buffer;
  readonly hmac: Buffer;
  readonly ciphertext: Buffer;
}

interface Keys {
  readonly cipher: Buffer;
  readonly hmac: Buffer;
  readonly counter: Buffer;
}

/** About 5 ms of work, on purpose. */
function deriveKeys(password: Buffer, salt: Buffer): Keys {
  const derived = pbkdf2Sync(password, salt, ITERATIONS, 2 * KEY_BYTES + BLOCK_BYTES, 'sha256');
  return {
    cipher: derived.subarray(0, KEY_BYTES),
    hmac: derived.subarray(KEY_BYTES, 2 * KEY_BYTES),
    counter: derived.subarray(2 * KEY_BYTES),
  };
}

const digest = (keys: Keys, ciphertext: Buffer): Buffer =>
  createHmac('sha256', keys.hmac).update(ciphertext).digest();

/** Encrypts with AES-256 in counter mode, padded as PKCS 7 although a stream needs none: Ansible's format has it so. */
export function seal(plaintext: Buffer, password: Buffer, salt: Buffer): Sealed {
  const keys = deriveKeys(password, salt);
  const padding = BLOCK_BYTES - (plaintext.length % BLOCK_BYTES);
  const padded = Buffer.concat([plaintext, Buffer.alloc(padding, padding)]);
  const cipher = createCipheriv('aes-256-ctr', keys.cipher, keys.counter);
  const ciphertext = Buffer.concat([cipher.update(padded), cipher.final()]);
  return { salt, hmac: digest(keys, ciphertext), ciphertext };
}

/** The plaintext; undefined when the password is another one or the text was changed. */
export function unseal({ salt, hmac, ciphertext }: Sealed, password: Buffer): Buffer | undefined {
  const keys = deriveKeys(password, salt);
  const expected = digest(keys, ciphertext);
  if (hmac.length !== expected.length || !timingSafeEqual(hmac, expected)) return undefined;
  const decipher = createDecipheriv('aes-256-ctr', keys.cipher, keys.counter);
  const padded = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
}
