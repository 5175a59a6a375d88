import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { LookupError } from '@tenon/jinja/errors';
import type { LookupOptions } from './lookup-options.js';

/** The folder beside tasks in which a kind of file lies. */
export type Subfolder = 'files' | 'templates' | 'vars';

/** Where the lookups find files: in `files/` of each folder of the search path, then in the folder itself. */
export class SearchPath {
  constructor(private readonly options: Pick<LookupOptions, 'confined' | 'searchPath'>) {}

  /** The folder of the playbook: relative names of new files and the working directory of commands. */
  get base(): string {
    return this.options.searchPath().at(-1) ?? process.cwd();
  }

  /** All places that a name can mean, nearest first. */
  candidates(name: string, subfolder: Subfolder): string[] {
    if (name.startsWith('~')) return [join(homedir(), name.slice(1))];
    if (name.startsWith('/')) return [resolve(name)];
    const isInSubfolder = name.split('/')[0] === subfolder;
    return this.options
      .searchPath()
      .flatMap((folder) => [
        ...(isInSubfolder ? [] : [resolve(folder, subfolder, name)]),
        resolve(folder, name),
      ]);
  }

  /** The full path of a file or folder; undefined when there is none. Throws LookupError for what is out of bounds. */
  find(name: string, subfolder: Subfolder): string | undefined {
    const found = this.candidates(name, subfolder).find((candidate) => existsSync(candidate));
    if (found !== undefined) this.assertInside(found);
    return found;
  }

  /** Throws LookupError when a confined run must not touch the file; links are followed. */
  assertInside(path: string): void {
    if (!this.options.confined) return;
    const real = realpathSync(path);
    const roots = this.options
      .searchPath()
      .filter((root) => existsSync(root))
      .map((root) => realpathSync(root));
    if (roots.some((root) => real === root || real.startsWith(`${root}${sep}`))) return;
    throw new LookupError(
      `refused: ${path} is outside of the playbook's folder`,
      'put the file into the folder of the playbook',
    );
  }
}
