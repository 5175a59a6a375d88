import type { Value } from '@tenon/jinja/values';
import { modernise } from './deprecated.js';
import { didYouMean } from './nearest.js';
import { PlaybookError, Problems } from './problem.js';
import { readTask } from './read-task.js';
import { inherit, NOTHING_INHERITED, Section } from './section.js';
import {
  tasksIn,
  type Block,
  type Inherited,
  type Play,
  type Playbook,
  type Task,
  type Work,
} from './tree.js';
import { parseYaml, type YamlNode } from './yaml.js';

function sectionOf(node: YamlNode, level: 'play' | 'work', problems: Problems): Section | undefined {
  if (node.kind !== 'map') {
    problems.error(node.at, `a ${level === 'play' ? 'play' : 'task'} is a dictionary of keywords`);
    return undefined;
  }
  return new Section(modernise(node.entries, level, problems), node.at, problems);
}

function readBlock(section: Section, parent: Inherited): Block {
  section.checkKeywords('block');
  const inherited = inherit(parent, section, { vars: true });
  const part = (key: string) => readWork(section.node(key), inherited, section.problems);
  return {
    kind: 'block',
    name: section.value('name'),
    tasks: part('block'),
    rescue: part('rescue'),
    always: part('always'),
    at: section.at,
  };
}

function readWork(node: YamlNode | undefined, parent: Inherited, problems: Problems): Work[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  if (node.kind !== 'list') {
    problems.error(node.at, 'tasks are a list; begin each with "- "');
    return [];
  }
  return node.items.flatMap((item): Work[] => {
    const section = sectionOf(item, 'work', problems);
    if (section === undefined) return [];
    if (section.has('block')) return [readBlock(section, parent)];
    const task = readTask(section, parent, 'task');
    return task === undefined ? [] : [task];
  });
}

function readHandlers(section: Section, parent: Inherited): Task[] {
  const node = section.node('handlers');
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    const handler = sectionOf(item, 'work', section.problems);
    return handler === undefined ? [] : (readTask(handler, parent, 'handler') ?? []);
  });
}

function isPlainText(value: Value | undefined): value is string {
  return typeof value === 'string' && !/\{[{%]/.test(value);
}

/** Names that are only known when the playbook runs are not judged. */
function checkNotify(tasks: readonly Task[], handlers: readonly Task[], problems: Problems): void {
  const names = handlers.flatMap((handler) => [handler.name ?? handler.module.name, ...handler.listen]);
  if (!names.every(isPlainText)) return;
  for (const task of tasks) {
    for (const name of task.notify.filter(isPlainText)) {
      if (names.includes(name)) continue;
      problems.error(task.at, `no handler is called "${name}" or listens to it${didYouMean(name, names)}`);
    }
  }
}

function checkChoices(section: Section): void {
  const strategy = section.text('strategy');
  if (strategy !== undefined && !['linear', 'free', 'host_pinned'].includes(strategy)) {
    section.problems.error(
      section.placeOf('strategy'),
      `strategy "${strategy}" is not supported; use linear`,
    );
  }
  const connection = section.text('connection');
  if (connection !== undefined && !['ssh', 'smart', 'paramiko', 'paramiko_ssh'].includes(connection)) {
    const why =
      connection === 'local' ? 'nothing may run on the machine of the synchronizer' : 'only ssh is known';
    section.problems.error(
      section.placeOf('connection'),
      `connection "${connection}" is refused: ${why}; use ssh`,
    );
  }
  if (!section.has('hosts')) section.problems.error(section.at, 'this play names no hosts; add "hosts: …"');
}

function readPlay(section: Section): Play {
  section.checkKeywords('play');
  checkChoices(section);
  const inherited = inherit(NOTHING_INHERITED, section, { vars: false });
  const work = (key: string) => readWork(section.node(key), inherited, section.problems);
  const sections = [work('pre_tasks'), work('tasks'), work('post_tasks')];
  const handlers = readHandlers(section, inherited);
  checkNotify([...tasksIn(sections.flat()), ...handlers], handlers, section.problems);
  return {
    name: section.value('name'),
    hosts: section.value('hosts') ?? null,
    vars: section.dictionary('vars'),
    varsFiles: section.list('vars_files'),
    gatherFacts: section.value('gather_facts') ?? true,
    forceHandlers: section.value('force_handlers'),
    sections,
    handlers,
    inherited,
    file: section.problems.file,
    at: section.at,
  };
}

/** Reads a playbook. Throws PlaybookError with everything that is wrong in it. */
export function readPlaybook(path: string, text: string): Playbook {
  const problems = new Problems(path, text);
  const root = parseYaml(text, problems);
  const plays: Play[] = [];
  if (problems.errors.length === 0) {
    if (root?.kind !== 'list')
      problems.error(
        root?.at ?? { line: 1, column: 1 },
        'a playbook is a list of plays; begin each with "- hosts: …"',
      );
    for (const item of root?.kind === 'list' ? root.items : []) {
      const section = sectionOf(item, 'play', problems);
      if (section !== undefined) plays.push(readPlay(section));
    }
  }
  if (problems.errors.length > 0) throw new PlaybookError(problems.errors);
  return { path, plays, deprecations: problems.deprecations, warnings: problems.warnings };
}
