import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { PlaybookError, type ParseProblem } from './parse/problem.js';
import { readPlaybook } from './parse/read-playbook.js';
import { tasksIn, type Play, type Playbook, type Task } from './parse/tree.js';

export type { ParseProblem } from './parse/problem.js';

/** The playbooks of a folder: the names of its YAML files, sorted. Folders (roles, templates …) are no playbooks. */
export async function listPlaybooks(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Everything that is wrong in a playbook; [] when it can be run. Rejects when there is no such file. */
export async function checkPlaybook(path: string): Promise<readonly ParseProblem[]> {
  try {
    readPlaybook(path, await readFile(path, 'utf8'));
    return [];
  } catch (error) {
    if (error instanceof PlaybookError) return error.problems;
    throw error;
  }
}

/** A name that holds no template; others are only known when the playbook runs. */
function literal(value: Value | undefined): string | undefined {
  return value !== undefined && isStr(value) && !/\{[{%]/.test(plain(value)) ? plain(value) : undefined;
}

const INCLUDES = new Set(['include', 'include_tasks', 'include_role', 'include_vars']);

/** What a task reads beside the playbook: the file when it is named, else the whole folder. */
function readByTask(task: Task): string[] {
  const { reads } = task.module;
  if (reads === undefined) return [];
  const written = task.args.get(reads.option);
  if (written === undefined && task.moreArgs === undefined) return [];
  const name = literal(written);
  // A template may include others, so the folder belongs to it.
  const whole = name === undefined || reads.folder === 'templates' ? [reads.folder] : [];
  return name === undefined ? whole : [...whole, join(reads.folder, name), name];
}

function readByPlay(play: Play): string[] {
  const files = play.varsFiles
    .flatMap((written) => (Array.isArray(written) ? written : [written]))
    .map(literal);
  const vars = files.flatMap((name) => (name === undefined ? ['vars'] : [join('vars', name), name]));
  const tasks = tasksIn([...play.sections.flat(), ...play.reading.handlers]);
  const includes = tasks.some((task) => INCLUDES.has(task.module.name)) ? ['tasks', 'handlers', 'roles'] : [];
  const roles = [...new Set(tasks.flatMap((task) => task.role?.path ?? []))];
  return [...vars, ...includes, ...roles, 'group_vars', 'host_vars', ...tasks.flatMap(readByTask)];
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

function parsed(path: string, text: string): Playbook | undefined {
  try {
    return readPlaybook(path, text);
  } catch (error) {
    // A playbook that cannot be read is only its text; running it says what is wrong.
    if (error instanceof PlaybookError) return undefined;
    throw error;
  }
}

/**
 * A SHA-256 over the playbook and the files that it reads (files/, templates/, vars/): it changes when a run
 * could do something else. Rejects when there is no such playbook.
 */
export async function hashPlaybook(path: string): Promise<string> {
  const text = await readFile(path);
  const hash = createHash('sha256').update(text);
  const playbook = parsed(path, text.toString());
  const root = resolve(dirname(path));
  const names = [
    ...new Set([...(playbook?.files ?? []), ...(playbook?.plays.flatMap(readByPlay) ?? [])]),
  ].sort();
  for (const name of names) {
    for (const file of await filesBelow(resolve(root, name))) {
      const content = await readFile(file);
      hash.update(`\0${name}\0${file.slice(root.length)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}
