import { inherit } from './inherit.js';
import { modernise } from './deprecated.js';
import type { Reading } from './play-reading.js';
import type { Problems } from './problem.js';
import { actionOf, readTask } from './read-task.js';
import { Section } from './section.js';
import { tasksIn, type Block, type Inherited, type Task, type Work } from './tree.js';
import type { YamlNode } from './yaml.js';

/** The keys of a play or task; undefined, and a problem, when it is something else. */
export function sectionOf(node: YamlNode, level: 'play' | 'work', problems: Problems): Section | undefined {
  if (node.kind === 'map') return new Section(modernise(node.entries, level, problems), node.at, problems);
  problems.error(node.at, `a ${level === 'play' ? 'play' : 'task'} is a dictionary of keywords`);
  return undefined;
}

function readBlock(section: Section, parent: Inherited, reading: Reading): Block {
  section.checkKeywords('block');
  const inherited = inherit(parent, section, { vars: true });
  const part = (key: string, from = inherited) =>
    readWork(section.node(key), from, reading, section.problems);
  const expectsFailure = inherited.expectsFailure || section.has('rescue');
  return {
    kind: 'block',
    name: section.value('name'),
    tasks: part('block', { ...inherited, expectsFailure }),
    rescue: part('rescue'),
    always: part('always'),
    at: section.at,
  };
}

function readItem(section: Section, parent: Inherited, reading: Reading): readonly Work[] {
  if (section.has('block')) return [readBlock(section, parent, reading)];
  const action = actionOf(section, reading.level);
  if (action === undefined) return [];
  const task = readTask(section, action, parent, reading.level);
  return reading.expand(task, section, reading) ?? [task];
}

/** Reads a list of tasks and blocks; imports are replaced by what they import. What is wrong goes to `problems`. */
export function readWork(
  node: YamlNode | undefined,
  parent: Inherited,
  reading: Reading,
  problems: Problems,
): Work[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  if (node.kind !== 'list') {
    problems.error(node.at, 'tasks are a list; begin each with "- "');
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind === 'scalar' && item.value === null) return [];
    const section = sectionOf(item, 'work', problems);
    return section === undefined ? [] : readItem(section, parent, reading);
  });
}

/** Reads handlers; those inside blocks and imported files stand beside the others. */
export function readHandlers(
  node: YamlNode | undefined,
  parent: Inherited,
  reading: Reading,
  problems: Problems,
): Task[] {
  return tasksIn(readWork(node, parent, { ...reading, level: 'handler' }, problems));
}
