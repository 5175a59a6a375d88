import { basename, dirname } from 'node:path';
import { Problems } from '../parse/problem.js';
import { parseYaml, type YamlMap, type YamlNode } from '../parse/yaml.js';
import type { LintPlay } from './lint-play.js';
import { readLintTask, type LintTask } from './lint-task.js';

/** What a YAML file is for; `other` is nothing of a playbook's. */
export type FileKind = 'playbook' | 'tasks' | 'variables' | 'other';

/** A file as a rule sees it. */
export interface LintFile {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly kind: FileKind;
  /** Undefined when the file is empty or is no YAML. */
  readonly root: YamlNode | undefined;
  readonly problems: Problems;
  readonly plays: readonly LintPlay[];
  /** Blocks before their tasks. */
  readonly tasks: readonly LintTask[];
}

const VARIABLE_FOLDERS = new Set(['vars', 'defaults', 'group_vars', 'host_vars']);

function keysOf(node: YamlNode): string[] {
  return node.kind === 'map' ? node.entries.map(({ key }) => key) : [];
}

function kindOf(path: string, root: YamlNode | undefined): FileKind {
  const folder = basename(dirname(path));
  if (root?.kind === 'map') return VARIABLE_FOLDERS.has(folder) ? 'variables' : 'other';
  if (root?.kind !== 'list') return 'other';
  const isPlay = (item: YamlNode) =>
    keysOf(item).some((key) => /^(?:hosts|(?:ansible\.builtin\.)?import_playbook)$/.test(key));
  if (root.items.some(isPlay)) return 'playbook';
  return folder === 'tasks' || folder === 'handlers' ? 'tasks' : 'other';
}

function valueOf(map: YamlMap, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

function tasksOf(list: YamlNode | undefined, level: 'task' | 'handler'): LintTask[] {
  const maps = list?.kind === 'list' ? list.items.filter((item) => item.kind === 'map') : [];
  return maps.flatMap((map) => [
    readLintTask(map, level),
    ...['block', 'rescue', 'always'].flatMap((key) => tasksOf(valueOf(map, key), level)),
  ]);
}

function tasksOfPlay(play: YamlMap): LintTask[] {
  const work = ['pre_tasks', 'tasks', 'post_tasks'].flatMap((key) => tasksOf(valueOf(play, key), 'task'));
  return [...work, ...tasksOf(valueOf(play, 'handlers'), 'handler')];
}

/** Makes a file ready for the rules; what is no YAML is in its problems. */
export function readLintFile(path: string, text: string): LintFile {
  const problems = new Problems(path, text);
  const root = parseYaml(text, problems);
  const kind = kindOf(path, root);
  const items = root?.kind === 'list' ? root.items.filter((item) => item.kind === 'map') : [];
  const plays = kind === 'playbook' ? items : [];
  const level = basename(dirname(path)) === 'handlers' ? 'handler' : 'task';
  return {
    ...{ path, text, kind, root, problems },
    lines: text.split('\n'),
    plays: plays.map((map) => ({
      keys: new Map(map.entries.map((entry) => [entry.key, entry])),
      at: map.at,
    })),
    tasks: kind === 'tasks' ? tasksOf(root, level) : plays.flatMap(tasksOfPlay),
  };
}
