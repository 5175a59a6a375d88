import type { Module } from '../modules/module.js';
import { knownElsewhere } from '../modules/files/known-elsewhere.js';
import { findModule, moduleNames } from '../modules/registry.js';
import { keywordsOf } from './keywords.js';
import { didYouMean } from './nearest.js';
import type { Place } from './problem.js';
import type { Section } from './section.js';
import { toValue, type YamlEntry, type YamlNode } from './yaml.js';

/** The module that a task names and what is written behind it. */
export interface Action {
  readonly name: string;
  readonly module: Module;
  readonly node: YamlNode;
  readonly at: Place;
}

type Written = Omit<Action, 'module'>;

function scalar(value: string, at: Place): YamlNode {
  return { kind: 'scalar', value, at };
}

function splitName(text: string): { name: string; rest: string } {
  const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return { name, rest };
}

/** `action: { module: name, k: v }`, also with the arguments in `args` of it. */
function readActionDictionary(entries: readonly YamlEntry[], at: Place): Written | undefined {
  const module = entries.find((entry) => entry.key === 'module');
  const value = module === undefined ? undefined : toValue(module.value);
  if (module === undefined || typeof value !== 'string') return undefined;
  const { name, rest } = splitName(value);
  if (rest !== '') return { name, node: scalar(rest, at), at };
  const others = entries.filter((entry) => entry !== module);
  const inner = others.flatMap((entry) =>
    entry.key === 'args' && entry.value.kind === 'map' ? entry.value.entries : [entry],
  );
  return { name, node: { kind: 'map', entries: inner, at }, at };
}

/** `action: name k=v` and `action: { module: name, k: v }`. */
function readActionKeyword(section: Section, key: 'action' | 'local_action'): Written | undefined {
  const node = section.node(key);
  const at = section.placeOf(key);
  if (node?.kind === 'map') {
    const action = readActionDictionary(node.entries, at);
    if (action === undefined)
      section.problems.error(at, `"${key}" needs the name of a module: ${key}: { module: file, … }`);
    return action;
  }
  const { name, rest } = splitName(section.text(key) ?? '');
  return { name, node: scalar(rest, node?.at ?? at), at };
}

function resolve(written: Written): Action | undefined {
  const module = findModule(written.name) ?? knownElsewhere(written.name);
  return module === undefined ? undefined : { ...written, module };
}

function reportUnknown(section: Section, unknown: readonly Written[], hasModule: boolean): void {
  for (const { name, at } of unknown) {
    const words = hasModule ? keywordsOf('task') : [...moduleNames(), ...keywordsOf('task')];
    const hint = didYouMean(name, words) || `; known modules: ${moduleNames().join(', ')}`;
    section.problems.error(at, `"${name}" is neither a module nor a keyword of a task${hint}`);
  }
}

/** The action of a task; `candidates` are the keys that are no keywords. */
export function readAction(section: Section, candidates: readonly string[]): Action | undefined {
  const written: Written[] = candidates.map((name) => ({
    name,
    node: section.node(name) ?? { kind: 'scalar', value: null, at: section.at },
    at: section.placeOf(name),
  }));
  for (const key of ['action', 'local_action'] as const) {
    const action = section.has(key) ? readActionKeyword(section, key) : undefined;
    if (action !== undefined) written.push(action);
  }
  const known = written.flatMap((each) => resolve(each) ?? []);
  const [first, second] = known;
  if (written.length === 0) section.problems.error(section.at, 'this task names no module');
  if (first !== undefined && second !== undefined) {
    const both = `"${first.name}" and "${second.name}"`;
    section.problems.error(second.at, `a task has one module, not both ${both}`);
  }
  const names = new Set(known.map(({ name }) => name));
  reportUnknown(
    section,
    written.filter(({ name }) => !names.has(name)),
    known.length > 0,
  );
  return first;
}
