import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';

/**
 * Reads a secret, or makes one of 32 random bytes in hexadecimal, in a file that only we may read.
 * The file appears with its whole content or not at all: half a key would lock us out of what it encrypts.
 */
export async function readOrMakeSecret(path: string): Promise<string> {
  const existing = await readFile(path, 'utf8').catch(() => '');
  if (existing.trim() !== '') return existing.trim();
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(temporary);
  }
  return (await readFile(path, 'utf8')).trim();
}
