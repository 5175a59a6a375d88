import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The Python of this machine, which `ansible_playbook_python` names: nothing here needs it, but playbooks run their own programs with it. */
export function findPython(path: string | undefined): string | undefined {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, 'python3')).find((file) => existsSync(file));
}
