import { basename, isAbsolute, join, resolve } from 'node:path';
import type { PlayReading } from '../play-reading.js';
import { SourceError } from '../source-files.js';

/**
 * The folder of a role: in `roles/` beside the playbook, in the roles path, beside the role that needs it, in the playbook's
 * folder (Ansible 2.14). Throws SourceError when there is none.
 */
export function findRole(
  name: string,
  reading: PlayReading,
  beside: string | undefined,
): { name: string; path: string } {
  const { files, folder, rolesPath } = reading.options;
  const places = [join(folder, 'roles'), ...rolesPath, ...(beside === undefined ? [] : [beside]), folder];
  const short = name.split('.').at(-1) ?? name;
  for (const spelling of new Set([name, ...(/^\w+\.\w+\.\w+$/.test(name) ? [short] : [])])) {
    const paths = isAbsolute(spelling) ? [spelling] : places.map((place) => resolve(place, spelling));
    const path = paths.find((each) => files.kind(each) === 'folder');
    if (path !== undefined) return { name: isAbsolute(name) ? basename(path) : name, path };
  }
  throw new SourceError(`the role '${name}' was not found in ${places.join(':')}`);
}
