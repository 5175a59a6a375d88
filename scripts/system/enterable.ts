import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return nearestExisting(dirname(path));
  }
}

/** Whether an account that is neither owner nor group may enter every folder on the way to `path` (which need not exist yet). */
export async function isEnterableByOthers(path: string): Promise<boolean> {
  let folder = await nearestExisting(resolve(path));
  for (;;) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
    folder = dirname(folder);
  }
}

/**
 * A folder under /var/tmp whose name is made of a hash of `path`, for what cannot live in `path` because another
 * account must get at it. It is made when missing. Throws when somebody else owns a folder of that name: /var/tmp
 * is writable for everybody, and we would start what he put there.
 */
export async function outsideFolder(path: string): Promise<string> {
  const name = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);
  const folder = `/var/tmp/tenon-${name}`;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(
      `cannot use ${folder}: it belongs to somebody else; remove it or set TENON_HOME to another folder`,
    );
  }
  return folder;
}
