import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Reading } from './play-reading.js';
import type { Task } from './tree.js';

/** Where the file of an import or include may lie: beside the file that names it, in its role, in the playbook's folder. */
export function includedCandidates(task: Task, name: string, reading: Reading): string[] {
  if (isAbsolute(name)) return [name];
  const own = reading.level === 'handler' ? 'handlers' : 'tasks';
  const here = dirname(task.file);
  const folders = [
    ...(task.role === undefined ? [] : [join(task.role.path, own)]),
    here,
    ...(task.role === undefined
      ? []
      : [join(task.role.path, own === 'tasks' ? 'handlers' : 'tasks'), task.role.path]),
    ...(basename(here) === own ? [dirname(here)] : []),
    reading.play.options.folder,
    join(reading.play.options.folder, own),
  ];
  return [...new Set(folders)].map((folder) => join(folder, name));
}

/** The file of an import or include; undefined when there is none. */
export function findIncluded(task: Task, name: string, reading: Reading): string | undefined {
  const { files } = reading.play.options;
  return includedCandidates(task, name, reading).find((path) => files.kind(path) === 'file');
}
