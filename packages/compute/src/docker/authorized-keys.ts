import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { authorizedKeyLines, keysHash } from '../keys-hash.js';
import { askingFor } from './engine-errors.js';
import type { ArchiveFile } from './archive.js';

/**
 * Our own file beside the user's `~/.ssh/authorized_keys`: ours is replaced as a whole without touching what the
 * machine's owner or a playbook adds to his. sshd reads both (instance-image/sshd.conf).
 */
const keysPath = (user: string): string => `/etc/ssh/authorized_keys.d/${user}`;

/** The machine's root can put anything at that path; more than this is not keys. */
const LARGEST_FILE = 256 * 1024;

/** The file that gives these keys access. Root owns it, everybody may read it (sshd reads it as the user). */
export function authorizedKeysFile(user: string, keys: readonly string[]): ArchiveFile {
  const content = authorizedKeyLines(keys)
    .map((line) => `${line}\n`)
    .join('');
  return { path: keysPath(user), content, mode: 0o644 };
}

/**
 * Hash of the keys that are on the machine now, running or not; '' when there is no such file. Read from the machine
 * because a label cannot follow a change. One call of about 5 ms. Throws `unavailable`.
 */
export async function installedKeysHash(container: Docker.Container, user: string): Promise<string> {
  const archive = await askingFor('read the authorized keys', null, () =>
    container.getArchive({ path: keysPath(user) }),
  );
  if (archive === null) return '';
  const text = await firstFile(archive);
  return text === null ? '' : keysHash([text]);
}

/** The first entry's text; null when it is no plain file or too large. */
async function firstFile(archive: NodeJS.ReadableStream): Promise<string | null> {
  const entries = archive.pipe(extract());
  for await (const entry of entries) {
    if (entry.header.type !== 'file' || entry.header.size > LARGEST_FILE) return null;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  return null;
}
