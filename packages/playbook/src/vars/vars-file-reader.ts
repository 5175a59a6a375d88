import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Value } from '@tenon/jinja/values';
import { readVarsFile, type VarsFileOptions } from './vars-file.js';

/**
 * Reads group_vars and host_vars: gives the variables of each file that a path without its extension means, in the
 * order in which they are laid over each other. None is no error. Throws InventoryError and VaultError.
 */
export type VarsFileReader = (path: string) => readonly ReadonlyMap<string, Value>[];

interface VarsFileReaderOptions extends VarsFileOptions {
  /** Nothing outside of this folder is read, links included. @default anything is */
  readonly confinedTo?: string | undefined;
}

const EXTENSIONS = ['', '.yml', '.yaml', '.json'];

function kindOf(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return 'folder';
  return found?.isFile() === true ? 'file' : undefined;
}

/** The files of a folder, deep: no hidden ones and no backups, folders only when their name has no extension. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder).sort();
  return names
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .flatMap((name) => {
      const path = join(folder, name);
      const kind = kindOf(path);
      if (kind === 'folder') return extname(name) === '' ? filesIn(path) : [];
      return kind === 'file' && EXTENSIONS.includes(extname(name)) ? [path] : [];
    });
}

/** A folder wins over a file, and a file without extension over one with. */
function filesOf(path: string): string[] {
  for (const extension of EXTENSIONS) {
    const kind = kindOf(path + extension);
    if (kind === 'folder') return filesIn(path + extension);
    if (kind === 'file') return [path + extension];
  }
  return [];
}

/** Reads the files of this machine; each is read once in the life of the reader. */
export function varsFileReader(options: VarsFileReaderOptions = {}): VarsFileReader {
  const known = new Map<string, readonly ReadonlyMap<string, Value>[]>();
  const root = options.confinedTo === undefined ? undefined : realpathSync(options.confinedTo) + sep;
  const isAllowed = (file: string) => root === undefined || realpathSync(file).startsWith(root);
  return (path) => {
    const found =
      known.get(path) ??
      filesOf(path)
        .filter(isAllowed)
        .map((file) => readVarsFile(file, readFileSync(file, 'utf8'), options));
    known.set(path, found);
    return found;
  };
}
