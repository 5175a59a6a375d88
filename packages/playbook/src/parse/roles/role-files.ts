import { join } from 'node:path';
import { SourceError, type SourceFiles } from '../source-files.js';

const EXTENSIONS = ['.yml', '.yaml', '.json'];

function filesBelow(files: SourceFiles, folder: string): string[] {
  return files.names(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name.startsWith('.') || name.endsWith('~')) return [];
    if (files.kind(path) === 'folder') return filesBelow(files, path);
    return [...EXTENSIONS, ''].some((end) => (end === '' ? !name.includes('.') : name.endsWith(end)))
      ? [path]
      : [];
  });
}

/** What to read of a role's folder. */
export interface RolePart {
  readonly role: string;
  readonly folder: 'tasks' | 'handlers' | 'vars' | 'defaults' | 'meta';
  /** The name of the file. @default 'main' */
  readonly from?: string | undefined;
}

/**
 * The files of one part of a role: `tasks/main.yml`, or several when `vars/main` is a folder. A file that was asked for by name
 * must be there (throws SourceError); `main` need not.
 */
export function rolePartFiles(files: SourceFiles, { role, folder, from }: RolePart): string[] {
  const endings = from === undefined ? [...EXTENSIONS, ''] : ['', ...EXTENSIONS];
  const allowsFolder = folder === 'vars' || folder === 'defaults';
  for (const end of endings) {
    const path = join(role, folder, `${from ?? 'main'}${end}`);
    const kind = files.kind(path);
    if (kind === 'file') return [path];
    if (kind === 'folder' && allowsFolder) return filesBelow(files, path);
  }
  if (from === undefined || files.kind(join(role, folder)) !== 'folder') return [];
  throw new SourceError(`Could not find specified file in role: ${folder}/${from}`);
}
