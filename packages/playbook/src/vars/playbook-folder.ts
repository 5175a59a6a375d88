import { readFileSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve as absolute, sep } from 'node:path';
import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { ModuleError, type PlaybookFolder } from '../modules/module.js';
import type { Decrypt } from '../vault/decrypt.js';
import { isVaulted } from '../vault/vault.js';

/** Where the files of a task are looked for. */
export interface FolderOptions {
  /** Nearest first: the role's folder, those of the roles around it, that of the task's file, the playbook's. */
  readonly searchPath: readonly string[];
  /** Nothing outside of `root` is read, links included: who chooses a playbook does not own the machine that runs it. */
  readonly confined: boolean;
  readonly root: string;
  /** Opens vaulted files. */
  readonly decrypt?: Decrypt | undefined;
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function refuseTainted(name: Str): void {
  if (hasTaint(name)) {
    throw new ModuleError(
      'refused: tenant data would choose a file of the synchronizer; name the file in the playbook',
    );
  }
}

/** `x` of a folder `tasks` may lie beside that folder, too. */
function placesOf(path: string, folder: string, name: string): string[] {
  const above = basename(path) === 'tasks' ? [join(dirname(path), folder, name)] : [];
  return [...above, join(path, folder, name), join(path, name)];
}

/** Files that a task of a playbook reads. */
export function playbookFolder({ searchPath, confined, root, decrypt }: FolderOptions): PlaybookFolder {
  const check = (path: string): string => {
    const found = real(path);
    const top = real(root) ?? absolute(root);
    if (found === undefined)
      throw new ModuleError(`Could not find or access '${path}' on the Ansible Controller`);
    if (confined && found !== top && !found.startsWith(`${top}${sep}`)) {
      throw new ModuleError(`refused: ${path} is outside of the playbook's folder; put the file into it`);
    }
    return found;
  };
  const candidates = (name: string, folder: string) =>
    isAbsolute(name) ? [name] : [...new Set(searchPath.flatMap((path) => placesOf(path, folder, name)))];
  const opened = (path: string, content: Buffer): Buffer => {
    if (decrypt === undefined || !content.subarray(0, 16).toString().startsWith('$ANSIBLE_VAULT'))
      return content;
    const text = content.toString();
    return isVaulted(text) ? Buffer.from(decrypt(text, path)) : content;
  };
  const find = (name: Str, folder: string): string => {
    // At a command line it is as with Ansible: a file may be named after what a machine is (`{{ ansible_os_family }}.yml`).
    if (confined) refuseTainted(name);
    const text = plain(name);
    const places = candidates(text, folder);
    const found = places.find((place) => real(place) !== undefined);
    if (found !== undefined || isAbsolute(text)) return check(found ?? text);
    throw new ModuleError(`Could not find or access '${text}'; looked for ${places.join(' and ')}`);
  };
  return {
    // A problem is a rejection, as with everything that reads files.
    find: (name, folder) =>
      new Promise((resolve) => {
        resolve(find(name, folder));
      }),
    readTemplate(name) {
      const found = candidates(name, 'templates').find((place) =>
        statSync(place, { throwIfNoEntry: false })?.isFile(),
      );
      if (found === undefined)
        throw new ModuleError(`cannot find the template ${name} in the playbook's folder`);
      const path = check(found);
      return opened(path, readFileSync(path)).toString();
    },
    async read(path) {
      return opened(path, await readFile(check(path)));
    },
  };
}
