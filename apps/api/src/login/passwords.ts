import { hash, verify } from '@node-rs/argon2';

/**
 * OWASP's first choice for argon2id (19 MiB, 2 passes, 1 lane): about 30 ms on a small machine. argon2id is the library's
 * default algorithm; its enum is a `const enum`, which isolated modules cannot read.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash that no password has. Verified when the user is unknown, so that the answer takes as long as for a known one. */
let impossibleHash: Promise<string> | undefined;

/** argon2id hash of a password in the usual `$argon2id$…` form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether the password belongs to the hash; `null` (an unknown user) takes the same time and is always false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  impossibleHash ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await impossibleHash), password);
  return matches && passwordHash !== null;
}
