import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

import { Type } from '@mikro-orm/core';
import type { Platform } from '@mikro-orm/core';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * `v1:<base64 of iv, tag and ciphertext>`: AES-256-GCM; the key has 32 bytes. The iv is made of the text (as in SIV,
 * RFC 5297, it never serves two texts), not of chance: MikroORM compares stored values, and a random iv would have
 * every flush of the row write its secrets again. The price: equal texts are seen to be equal.
 */
export function encrypt(plain: string, key: Buffer): string {
  const iv = syntheticIv(plain, key);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${VERSION}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
}

function syntheticIv(plain: string, key: Buffer): Buffer {
  const ivKey = Buffer.from(hkdfSync('sha256', key, '', 'tenon secret column iv', 32));
  return createHmac('sha256', ivKey).update(plain, 'utf8').digest().subarray(0, IV_BYTES);
}

/** The text that {@link encrypt} was given. Throws when the key is another one or the stored text was changed. */
export function decrypt(stored: string, key: Buffer): string {
  const [version, encoded] = stored.split(':');
  if (version !== VERSION || encoded === undefined) {
    throw new Error('cannot decrypt a secret column: unknown format; was it written by a newer Tenon?');
  }
  const bytes = Buffer.from(encoded, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new Error(
      'cannot decrypt a secret column: the secret key does not fit; start with the key that wrote it',
      {
        cause,
      },
    );
  }
}

// By platform, not in a module variable: two installations in one process (the tests) have a key each.
const keys = new WeakMap<Platform, Buffer>();

/** Tells the secret columns of one ORM the key that they encrypt with. */
export function useSecretKey(platform: Platform, key: Buffer): void {
  keys.set(platform, key);
}

/** A text column that is plain in memory and encrypted in the database. */
export class EncryptedText extends Type<string | null, string | null> {
  override convertToDatabaseValue(value: string | null, platform: Platform): string | null {
    return value === null ? null : encrypt(value, keyOf(platform));
  }

  override convertToJSValue(value: string | null, platform: Platform): string | null {
    return value === null ? null : decrypt(value, keyOf(platform));
  }

  override getColumnType(): string {
    return 'text';
  }
}

function keyOf(platform: Platform): Buffer {
  const key = keys.get(platform);
  if (key === undefined) throw new Error('cannot use a secret column: this ORM was not made by createOrm');
  return key;
}
