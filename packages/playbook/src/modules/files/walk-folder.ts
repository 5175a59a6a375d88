import { readdir, readlink, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { PlaybookFolder } from '../module.js';

/** One entry of a folder that is copied; names are relative to it. */
export type FolderEntry =
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string; readonly target: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      /** Octal digits. */
      readonly mode: string;
      /** Undefined when only the machine has it. */
      readonly content: Buffer | undefined;
    };

/** The permissions of a file beside the playbook, in octal digits. */
export async function localMode(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o7777).toString(8);
}

/** Everything below a folder beside the playbook, folders before what is in them. Rejects as PlaybookFolder.find. */
export async function walkFolder(
  root: string,
  folder: PlaybookFolder,
  followLinks: boolean,
): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  const walk = async (path: string): Promise<void> => {
    const found = await readdir(path, { withFileTypes: true });
    for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = join(path, entry.name);
      const name = relative(root, inner);
      if (entry.isSymbolicLink() && !followLinks) {
        entries.push({ kind: 'link', name, target: await readlink(inner) });
      } else if ((await stat(await folder.find(inner, 'files'))).isDirectory()) {
        entries.push({ kind: 'folder', name });
        await walk(inner);
      } else {
        entries.push({ kind: 'file', name, mode: await localMode(inner), content: await folder.read(inner) });
      }
    }
  };
  await walk(root);
  return entries;
}
