import { isStr, plain } from '@tenon/jinja/text';
import { isTainted, pyStr, type Value } from '@tenon/jinja/values';
import { findIncluded, includedCandidates } from '../../parse/find-included.js';
import { includeParams, readingOf, writtenFile } from '../../parse/imports.js';
import { inherit } from '../../parse/inherit.js';
import { PlaybookError, Problems } from '../../parse/problem.js';
import { readTasksFile } from '../../parse/read-tasks-file.js';
import { includeRoleOptions, varsOfUse } from '../../parse/roles/include-options.js';
import { readRole } from '../../parse/roles/read-role.js';
import { Section } from '../../parse/section.js';
import { SourceError } from '../../parse/source-files.js';
import type { Inherited, Task, Work } from '../../parse/tree.js';
import { nodeOf } from '../../parse/value-node.js';
import type { PlayRun } from '../play-run.js';
import { chosenWork } from '../tags.js';
import type { Wanted } from './wanted.js';

/** Something that cannot be included; fails the hosts that wanted it. */
export class IncludeError extends Error {}

interface Loaded {
  readonly work: readonly Work[];
  /** The file; undefined for a role. */
  readonly path: string | undefined;
}

/** What the included tasks take over: what the include itself has, its `vars`, the loop's variables, and `apply`. */
function parentOf(task: Task, { local }: Wanted, problems: Problems): Inherited {
  const vars = new Map([...task.vars, ...local]);
  const parent = { ...task.parent, vars, includeParams: includeParams(task) };
  const apply = task.args.get('apply');
  if (!(apply instanceof Map)) return parent;
  const node = nodeOf(apply, task.at);
  const entries = node.kind === 'map' ? node.entries : [];
  return inherit(parent, new Section(entries, task.at, problems), { vars: true });
}

function refuseData(value: Value | undefined): void {
  if (value !== undefined && isTainted(value))
    throw new IncludeError(
      'refused: tenant data would choose a file of the synchronizer; name the file in the playbook',
    );
}

function loadTasks(task: Task, wanted: Wanted, reading: ReturnType<typeof readingOf>): Loaded {
  const problems = new Problems(task.file, '');
  const written = writtenFile({ ...task, args: wanted.args });
  if (reading.play.options.confined) refuseData(written);
  const name = written === undefined ? '' : plain(pyStr(written));
  if (name === '') throw new IncludeError('No include file was specified to the include');
  const path = findIncluded(task, name, reading);
  if (path === undefined) {
    const [place = name] = includedCandidates(task, name, reading);
    throw new IncludeError(`Could not find or access '${place}' on the Ansible Controller.`);
  }
  const work = readTasksFile(path, parentOf(task, wanted, problems), reading, problems);
  if (problems.errors.length > 0) throw new PlaybookError(problems.errors);
  return { work, path };
}

function loadRole(task: Task, wanted: Wanted, reading: ReturnType<typeof readingOf>): Loaded {
  const problems = new Problems(task.file, '');
  if (reading.play.options.confined) [...wanted.args.values()].forEach(refuseData);
  const options = includeRoleOptions(wanted.args, (value) =>
    isStr(value) ? plain(value) : plain(pyStr(value)),
  );
  const parentRoles = task.role === undefined ? task.parentRoles : [task.role, ...task.parentRoles];
  const parent = { ...parentOf(task, wanted, problems), parentRoles };
  const use = { ...options, key: wanted.key, at: task.at, problems, parent, vars: varsOfUse(task) };
  const { role, work, handlers } = readRole(use, reading);
  if (problems.errors.length > 0) throw new PlaybookError(problems.errors);
  reading.play.handlers.push(...handlers);
  if (options.public) reading.play.roles.push(role);
  return { work, path: undefined };
}

/** Reads what an include wants. Throws IncludeError, and PlaybookError for what is wrong in the file. */
export function loadIncluded(play: PlayRun, task: Task, wanted: Wanted, kind: 'task' | 'handler'): Loaded {
  const reading = readingOf(play.play.reading, kind);
  try {
    const loaded =
      task.module.name === 'include_role'
        ? loadRole(task, wanted, reading)
        : loadTasks(task, wanted, reading);
    const [first] = wanted.hosts;
    const template = (each: Task, value: Value) =>
      first === undefined ? value : play.templates(first, each).value(value);
    return { ...loaded, work: chosenWork(loaded.work, play.run.settings, template) };
  } catch (error) {
    if (error instanceof SourceError) throw new IncludeError(error.message);
    throw error;
  }
}
