import { dirname } from 'node:path';
import { fromJs, toJs, type Value } from '@tenon/jinja/values';
import type { Reading } from '../play-reading.js';
import { Problems } from '../problem.js';
import { readVariables } from '../read-variables.js';
import { readHandlers, readWork } from '../read-work.js';
import { SourceError } from '../source-files.js';
import type { Inherited, Task, Work } from '../tree.js';
import { parseYaml, type YamlNode } from '../yaml.js';
import { argumentSpecTask } from './argument-spec-task.js';
import { findRole } from './find-role.js';
import { readRoleMeta } from './role-meta.js';
import { rolePartFiles, type RolePart } from './role-files.js';
import type { ReadRole, Role } from './role.js';
import { readRoleUse, type RoleUse } from './role-use.js';

/** Roles that need each other deeper than this are taken for a loop. */
const MAX_CHAIN = 50;

function variablesOf(reading: Reading, part: RolePart): ReadonlyMap<string, Value> {
  const { files } = reading.play.options;
  return new Map(rolePartFiles(files, part).flatMap((path) => [...readVariables(files, path)]));
}

function identity(path: string, use: RoleUse): string {
  const shown = [use.params, use.vars].map((each) => toJs(fromJs(each ?? new Map())));
  return JSON.stringify([path, use.key ?? '', use.from ?? {}, ...shown]);
}

interface Parsed {
  readonly node: YamlNode | undefined;
  readonly problems: Problems;
}

function parsePart(reading: Reading, part: RolePart, first: Problems): Parsed | undefined {
  const { files } = reading.play.options;
  const [path] = rolePartFiles(files, part);
  if (path === undefined) return undefined;
  const text = files.text(path);
  const problems = new Problems(path, text, first);
  const before = problems.errors.length;
  const node = parseYaml(text, problems, { decrypt: files.decrypt });
  return { node: problems.errors.length > before ? undefined : node, problems };
}

interface Loading {
  readonly use: RoleUse;
  readonly reading: Reading;
  readonly path: string;
  readonly inherited: Inherited;
}

function ownTasks({ use, reading, path, inherited }: Loading): Work[] {
  const from = use.from?.tasks;
  const part = parsePart(reading, { role: path, folder: 'tasks', from }, use.problems);
  const spec =
    use.validate === false
      ? undefined
      : argumentSpecTask({ entry: from ?? 'main', path, inherited }, reading);
  const own =
    part === undefined ? [] : readWork(part.node, inherited, { ...reading, level: 'task' }, part.problems);
  return spec === undefined ? own : [spec, ...own];
}

function ownHandlers({ use, reading, path, inherited }: Loading): Task[] {
  const part = parsePart(reading, { role: path, folder: 'handlers', from: use.from?.handlers }, use.problems);
  return part === undefined ? [] : readHandlers(part.node, inherited, reading, part.problems);
}

/** The dependencies of a role as their own roles, with what they take over from it. */
function dependenciesOf(use: RoleUse, path: string, reading: Reading): RoleUse[] {
  const part = parsePart(reading, { role: path, folder: 'meta' }, use.problems);
  if (part?.node === undefined) return [];
  const { dependencies } = readRoleMeta(part.node, part.problems);
  const template = (value: Value) => reading.play.staticName(value, use.parent);
  return dependencies.flatMap((node) => readRoleUse(node, use.parent, part.problems, template) ?? []);
}

function newRole(name: string, path: string, use: RoleUse, reading: Reading): Omit<Role, 'dependencies'> {
  const meta = parsePart(reading, { role: path, folder: 'meta' }, new Problems(path, ''));
  return {
    name,
    path,
    defaults: variablesOf(reading, { role: path, folder: 'defaults', from: use.from?.defaults }),
    vars: use.vars ?? new Map(),
    ownVars: variablesOf(reading, { role: path, folder: 'vars', from: use.from?.vars }),
    params: use.params ?? new Map(),
    allowDuplicates:
      use.allowDuplicates ??
      (meta?.node !== undefined && readRoleMeta(meta.node, meta.problems).allowDuplicates),
  };
}

/**
 * Reads a role with what it depends on. Throws SourceError when there is no such role, or a file of it that was asked for;
 * what is wrong in its files goes to the problems of whoever uses it.
 */
export function readRole(use: RoleUse, reading: Reading): ReadRole {
  const outer = use.parent.role;
  const chain = outer === undefined ? use.parent.roleChain : [...use.parent.roleChain, outer];
  if (chain.length > MAX_CHAIN)
    throw new SourceError(
      `A recursion loop was detected with the roles specified. Make sure child roles do not have dependencies on parent roles`,
    );
  const beside = outer === undefined ? undefined : dirname(outer.path);
  const { name, path } = findRole(use.name, reading.play, beside);
  const key = identity(path, use);
  const known = reading.play.cache.get(key);
  const dependencies: Role[] = [];
  const role = known ?? { ...newRole(name, path, use, reading), dependencies };
  reading.play.cache.set(key, role);
  const inherited: Inherited = { ...use.parent, role, roleChain: chain };
  const loading = { use, reading, path, inherited };
  const needed = dependenciesOf({ ...use, parent: inherited }, path, reading).map((each) =>
    readRole(each, reading),
  );
  if (known === undefined) dependencies.push(...needed.map((each) => each.role));
  const handlers = known === undefined ? ownHandlers(loading) : [];
  return {
    role,
    work: [...needed.flatMap((each) => each.work), ...ownTasks(loading), { kind: 'role end', role }],
    handlers: [...needed.flatMap((each) => each.handlers), ...handlers],
  };
}
