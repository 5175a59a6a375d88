import { TemplateError } from '@tenon/jinja/errors';
import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { readPairs } from './key-value.js';
import { findIncluded, includedCandidates } from './find-included.js';
import type { PlayReading, Reading } from './play-reading.js';
import { readTasksFile } from './read-tasks-file.js';
import { includeRoleOptions, varsOfUse } from './roles/include-options.js';
import { readRole } from './roles/read-role.js';
import type { Section } from './section.js';
import { SourceError } from './source-files.js';
import type { Inherited, Task, Work } from './tree.js';

/** What the tasks of an imported file take over from the import: everything but its own name, arguments and results. */
export function inheritedFrom(task: Task): Inherited {
  const { keywords, when, vars, environment, notify, tags, moduleDefaults, expectsFailure } = task;
  const { role, roleChain, includeParams, parentRoles } = task;
  const shared = { keywords, when, vars, environment, notify, tags, moduleDefaults, expectsFailure };
  return { ...shared, role, roleChain, includeParams, parentRoles };
}

/** `file.yml a=b`, of the old include: the file and its variables. */
function splitInclude(task: Task): { file: Value | undefined; params: ReadonlyMap<string, Value> } {
  const written = task.args.get('cmd') ?? task.args.get('file');
  if (task.module.name !== 'include' || !isStr(written)) return { file: written, params: new Map() };
  const { options, rest } = readPairs(plain(written));
  return { file: rest, params: new Map<string, Value>(options) };
}

/** The old `include: file a=b` gives variables to its tasks, which nearly nothing wins over (level 21). */
export function includeParams(task: Task): ReadonlyMap<string, Value> {
  if (task.module.name !== 'include') return task.includeParams;
  return new Map([...task.includeParams, ...task.vars, ...splitInclude(task).params]);
}

/** The name of the file, as it is written. */
export function writtenFile(task: Task): Value | undefined {
  return splitInclude(task).file;
}

function isStatic(task: Task): boolean {
  if (task.module.name === 'import_tasks') return true;
  if (task.module.name !== 'include') return false;
  const name = writtenFile(task);
  return task.loop === undefined && isStr(name) && !plain(name).includes('{{');
}

function refuseLoop(task: Task, section: Section): boolean {
  if (task.loop === undefined) return false;
  const { name } = task.module;
  const dynamic = name.replace('import_', 'include_');
  section.problems.error(
    section.at,
    `You cannot use loops on '${name}' statements. You should use '${dynamic}' instead.`,
  );
  return true;
}

function fault(error: unknown): string {
  if (error instanceof SourceError || error instanceof TemplateError) return error.message;
  throw error;
}

/** The tasks of the file that `import_tasks` (or an `include` of a plain name) names; undefined for other tasks. */
function importTasks(task: Task, section: Section, reading: Reading): Work[] | undefined {
  if (!isStatic(task)) return undefined;
  if (refuseLoop(task, section)) return [];
  const written = writtenFile(task);
  try {
    if (written === undefined || written === null)
      throw new SourceError(`No file specified for ${task.module.name}`);
    const name = reading.play.staticName(written, task);
    const path = findIncluded(task, name, reading);
    if (path === undefined) {
      const places = includedCandidates(task, name, reading).join(', ');
      throw new SourceError(`cannot find ${name}; looked for ${places}`);
    }
    const parent = { ...inheritedFrom(task), includeParams: includeParams(task) };
    return readTasksFile(path, parent, reading, section.problems);
  } catch (error) {
    section.problems.error(section.at, fault(error));
    return [];
  }
}

/** The tasks of the role that `import_role` names; its handlers and variables are the play's. Undefined for other tasks. */
function importRole(task: Task, section: Section, reading: Reading): Work[] | undefined {
  if (task.module.name !== 'import_role') return undefined;
  if (refuseLoop(task, section)) return [];
  try {
    const template = (value: Value) => reading.play.staticName(value, task);
    const options = includeRoleOptions(task.args, template);
    const { role, work, handlers } = readRole(
      {
        ...options,
        at: section.at,
        problems: section.problems,
        parent: inheritedFrom(task),
        vars: varsOfUse(task),
      },
      reading,
    );
    reading.play.handlers.push(...handlers);
    reading.play.roles.push(role);
    return [...work];
  } catch (error) {
    section.problems.error(section.at, fault(error));
    return [];
  }
}

/** What reads the lists of tasks of a play. */
export function readingOf(play: PlayReading, level: Reading['level'] = 'task'): Reading {
  return {
    play,
    level,
    expand: (task, section, reading) =>
      importTasks(task, section, reading) ?? importRole(task, section, reading),
  };
}
