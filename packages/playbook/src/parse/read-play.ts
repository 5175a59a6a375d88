import { isStr, plain } from '@tenon/jinja/text';
import { TemplateError } from '@tenon/jinja/errors';
import type { Value } from '@tenon/jinja/values';
import { dirname, join, resolve } from 'node:path';
import { inherit, NOTHING_INHERITED } from './inherit.js';
import { readingOf } from './imports.js';
import { didYouMean } from './nearest.js';
import { PlayReading, type Reading, type ReadingOptions } from './play-reading.js';
import { readPrompts } from './read-prompts.js';
import { readHandlers, readWork } from './read-work.js';
import { readVariables } from './read-variables.js';
import { readRole } from './roles/read-role.js';
import type { ReadRole } from './roles/role.js';
import { readRoleUse, type RoleUse } from './roles/role-use.js';
import type { Section } from './section.js';
import { SourceError } from './source-files.js';
import { PLAY_KEYWORDS, tasksIn, type Inherited, type Play, type Task } from './tree.js';

/** What an import_playbook gives to the plays that it imports. */
export type Outer = Pick<Inherited, 'when' | 'tags' | 'vars'>;

const STRATEGIES = ['linear', 'free', 'host_pinned'];
const OVER_SSH = ['ssh', 'smart', 'paramiko', 'paramiko_ssh'];

function checkConnection(section: Section, confined: boolean): void {
  const connection = section.text('connection')?.replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (connection === undefined || connection.includes('{{') || OVER_SSH.includes(connection)) return;
  if (connection === 'local' && !confined) return;
  const why =
    connection === 'local' ? 'nothing may run on the machine of the synchronizer' : 'only ssh is known';
  section.problems.error(
    section.placeOf('connection'),
    `connection "${connection}" is refused: ${why}; use ssh`,
  );
}

function checkPlay(section: Section, confined: boolean): void {
  section.checkKeywords('play');
  const strategy = section.text('strategy')?.replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (strategy !== undefined && !strategy.includes('{{') && !STRATEGIES.includes(strategy)) {
    section.problems.error(
      section.placeOf('strategy'),
      `strategy "${strategy}" is not supported; use ${STRATEGIES.join(', ')}`,
    );
  }
  checkConnection(section, confined);
  if (!section.has('hosts')) section.problems.error(section.at, 'this play names no hosts; add "hosts: …"');
}

function useRole(use: RoleUse, reading: Reading): Pick<ReadRole, 'work' | 'handlers'> {
  try {
    const read = readRole(use, reading);
    reading.play.roles.push(read.role);
    return read;
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof TemplateError)) throw error;
    use.problems.error(use.at, error.message);
    return { work: [], handlers: [] };
  }
}

function readRoles(
  section: Section,
  inherited: Inherited,
  reading: Reading,
): Pick<ReadRole, 'work' | 'handlers'>[] {
  const node = section.node('roles');
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  if (node.kind !== 'list') {
    section.problems.error(node.at, 'roles are a list; begin each with "- "');
    return [];
  }
  const template = (value: Value) => reading.play.staticName(value, inherited);
  return node.items.flatMap((item) => {
    const use = readRoleUse(item, inherited, section.problems, template);
    return use === undefined ? [] : [useRole(use, reading)];
  });
}

function isPlainText(value: Value | undefined): value is string {
  return isStr(value) && !/\{[{%]/.test(plain(value));
}

const DYNAMIC = new Set(['include_tasks', 'include_role', 'include']);

/** A handler that nobody has stops a run only when it is notified, so it is a warning; what includes bring in is not known yet. */
function checkNotify(tasks: readonly Task[], handlers: readonly Task[], section: Section): void {
  const all = [...tasks, ...handlers];
  if (all.some((task) => DYNAMIC.has(task.module.name))) return;
  const names = handlers.flatMap((handler) => {
    const name = handler.name ?? handler.module.name;
    const full = handler.role === undefined || !isPlainText(name) ? [] : [`${handler.role.name} : ${name}`];
    return [name, ...full, ...handler.listen];
  });
  if (!names.every(isPlainText)) return;
  for (const task of all) {
    for (const name of task.notify.filter(isPlainText)) {
      if (names.includes(name)) continue;
      section.problems.warning(
        task.at,
        `no handler is called "${name}" or listens to it${didYouMean(name, names)}`,
      );
    }
  }
}

/** The vars_files that can be found before the run, for names of imported files; what is wrong with them is said when the play begins. */
function plainVarsFiles(section: Section, { files, folder }: ReadingOptions): [string, Value][] {
  const names = section
    .list('vars_files')
    .flatMap((item) => (Array.isArray(item) ? item.slice(0, 1) : [item]));
  return names.filter(isPlainText).flatMap((name) => {
    const path = [join(folder, 'vars', name), join(folder, name)].find((each) => files.kind(each) === 'file');
    try {
      return path === undefined ? [] : [...readVariables(files, path)];
    } catch (error) {
      if (error instanceof SourceError) return [];
      throw error;
    }
  });
}

/** Reads a play. `outer`: what an import_playbook around it says. */
export function readPlay(section: Section, options: ReadingOptions, outer: Outer | undefined): Play {
  checkPlay(section, options.confined);
  const play = new PlayReading(options);
  const vars = new Map([...section.dictionary('vars'), ...(outer?.vars ?? [])]);
  play.vars = new Map([...vars, ...plainVarsFiles(section, options)]);
  const inherited = inherit(
    { ...NOTHING_INHERITED, keywords: options.keywords, when: outer?.when ?? [], tags: outer?.tags ?? [] },
    section,
    { vars: false },
  );
  const reading = readingOf(play);
  const work = (key: string) => readWork(section.node(key), inherited, reading, section.problems);
  const preTasks = work('pre_tasks');
  const roles = readRoles(section, inherited, reading);
  const ofRoles = roles.flatMap((each) => each.work);
  const sections = [preTasks, [...ofRoles, ...work('tasks')], work('post_tasks')];
  const handlers = readHandlers(section.node('handlers'), inherited, reading, section.problems);
  // In this order they run, and the last of a name is the one that is meant (Ansible 2.14); what imports have brought in is there already.
  play.handlers.unshift(...roles.flatMap((each) => each.handlers), ...handlers);
  checkNotify(tasksIn(sections.flat()), play.handlers, section);
  const keywords = PLAY_KEYWORDS.flatMap((key) => {
    const value = section.value(key);
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  return {
    name: section.value('name'),
    hosts: section.value('hosts') ?? null,
    keywords: Object.fromEntries(keywords),
    vars,
    varsFiles: section.list('vars_files'),
    prompts: readPrompts(section),
    sections,
    inherited,
    reading: play,
    folder: resolve(dirname(section.problems.file)),
    file: section.problems.file,
    at: section.at,
  };
}
