import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../config.ts';
import { runCommand } from '../system/command.ts';

/** Copies the sources (what git knows or would add) into a temporary folder, with the same packages. Returns its path. */
export async function copySources(): Promise<string> {
  const listed = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  if (listed.code !== 0)
    throw new Error(`cannot copy the sources: git ls-files ended with ${listed.code}: ${listed.output}`);
  const folder = await mkdtemp(join(tmpdir(), 'tenon-mutant-'));
  for (const path of listed.output.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    // A file that git still lists may be gone from the disk.
    await cp(join(root, path), join(folder, path)).catch(() => undefined);
  }
  // The tests resolve our own packages to sources beside their configuration, so the copy is what they test.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
