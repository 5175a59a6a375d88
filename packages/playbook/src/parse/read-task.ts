import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import type { Module } from '../modules/module.js';
import { checkNames, checkValue, type RawArguments } from '../modules/read-arguments.js';
import { findOption } from '../modules/options.js';
import { findModule, moduleNames } from '../modules/registry.js';
import { KeyValueError, readCommandLine, readPairs } from './key-value.js';
import { keywordsOf, keywordSupport } from './keywords.js';
import { didYouMean } from './nearest.js';
import type { Place } from './problem.js';
import { readLoop } from './read-loop.js';
import { inherit, type Section } from './section.js';
import type { Inherited, Retry, Task } from './tree.js';
import { toValue, type YamlNode } from './yaml.js';

/** The module that a task names and what is written behind it. */
interface Action {
  readonly name: string;
  readonly node: YamlNode;
  readonly at: Place;
}

/** `action: name k=v` and `action: { module: name, k: v }`. */
function readActionKeyword(section: Section, key: 'action' | 'local_action'): Action | undefined {
  const node = section.node(key);
  const at = section.placeOf(key);
  if (node?.kind === 'map') {
    const name = node.entries.find((entry) => entry.key === 'module');
    const value = name === undefined ? undefined : toValue(name.value);
    if (name === undefined || typeof value !== 'string') {
      section.problems.error(at, `"${key}" needs the name of a module: ${key}: { module: file, … }`);
      return undefined;
    }
    return { name: value, node: { ...node, entries: node.entries.filter((entry) => entry !== name) }, at };
  }
  const text = section.text(key) ?? '';
  const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return { name, node: { kind: 'scalar', value: rest, at: node?.at ?? at }, at };
}

function findAction(section: Section, candidates: readonly string[]): Action | undefined {
  const actions: Action[] = candidates.map((name) => ({
    name,
    node: section.node(name) ?? { kind: 'scalar', value: null, at: section.at },
    at: section.placeOf(name),
  }));
  for (const key of ['action', 'local_action'] as const) {
    const action = section.has(key) ? readActionKeyword(section, key) : undefined;
    if (action !== undefined) actions.push(action);
  }
  const known = actions.filter((action) => findModule(action.name) !== undefined);
  const [first, second] = known.length > 0 ? known : actions;
  if (first === undefined) section.problems.error(section.at, 'this task names no module');
  if (known.length > 1 && second !== undefined) {
    section.problems.error(
      second.at,
      `a task has one module, not both "${first?.name ?? ''}" and "${second.name}"`,
    );
  }
  reportUnknown(section, actions, known.length > 0);
  return known.length > 0 ? first : undefined;
}

function reportUnknown(section: Section, actions: readonly Action[], hasModule: boolean): void {
  for (const { name, at } of actions) {
    if (findModule(name) !== undefined) continue;
    const words = hasModule ? keywordsOf('task') : [...moduleNames(), ...keywordsOf('task')];
    const hint = didYouMean(name, words) || `; known modules: ${moduleNames().join(', ')}`;
    section.problems.error(at, `"${name}" is neither a module nor a keyword of a task${hint}`);
  }
}

function textArguments(module: Module, text: string, at: Place, section: Section): RawArguments {
  if (module.freeForm !== undefined) {
    const { options, rest } = readCommandLine(text, new Set(module.freeForm));
    return new Map<string, Value>([...options, ...(rest === '' ? [] : [['cmd', rest] as const])]);
  }
  const { options, rest } = readPairs(text);
  if (rest !== '') section.problems.error(at, `${module.name} takes key=value pairs; "${rest}" is none`);
  return new Map<string, Value>(options);
}

function readArgumentsOf(module: Module, node: YamlNode, section: Section): RawArguments {
  if (node.kind === 'map') return new Map(node.entries.map((entry) => [entry.key, toValue(entry.value)]));
  const value = toValue(node);
  if (value === null) return new Map();
  if (!isStr(value)) {
    section.problems.error(node.at, `${module.name} takes a dictionary or key=value pairs`);
    return new Map();
  }
  try {
    return textArguments(module, plain(value), node.at, section);
  } catch (error) {
    if (!(error instanceof KeyValueError)) throw error;
    section.problems.error(node.at, error.message);
    return new Map();
  }
}

function isTemplate(value: Value): boolean {
  if (isStr(value)) return /\{[{%]/.test(plain(value));
  if (Array.isArray(value)) return value.some(isTemplate);
  return value instanceof Map && [...value.values()].some(isTemplate);
}

/** Everything about the arguments that can be said before the play begins. */
function checkArguments(module: Module, args: RawArguments, at: Place, section: Section): void {
  if (module.open === true) return;
  for (const problem of checkNames(module.name, module.options, args.keys()))
    section.problems.error(at, problem);
  for (const [name, value] of args) {
    const option = module.options[findOption(module.options, name) ?? ''];
    if (option === undefined || value === null || isTemplate(value)) continue;
    const checked = checkValue(module.name, name, option, value);
    if ('problem' in checked) section.problems.error(at, checked.problem);
  }
}

function readRetry(section: Section): Retry | undefined {
  if (!section.has('until') && !section.has('retries')) return undefined;
  return {
    until: section.conditions('until'),
    retries: section.value('retries'),
    delay: section.value('delay'),
  };
}

/** Reads a task; undefined when it is so wrong that nothing can be made of it (the problems are noted). */
export function readTask(section: Section, parent: Inherited, level: 'task' | 'handler'): Task | undefined {
  const keys = section.keys();
  const withKeys = keys.filter((key) => key.startsWith('with_'));
  const candidates = keys.filter(
    (key) => keywordSupport(key, level) === undefined && !withKeys.includes(key),
  );
  section.checkKeywords(level, new Set([...withKeys, ...candidates]));
  const action = findAction(section, candidates);
  const module = action === undefined ? undefined : findModule(action.name);
  if (action === undefined || module === undefined) return undefined;
  const moreArgs = section.node('args');
  const args = new Map([
    ...(moreArgs?.kind === 'map' ? section.dictionary('args') : []),
    ...readArgumentsOf(module, action.node, section),
  ]);
  const template = moreArgs !== undefined && moreArgs.kind !== 'map' ? toValue(moreArgs) : undefined;
  if (template === undefined) checkArguments(module, args, action.at, section);
  const local = section.has('local_action') ? { delegateTo: 'localhost' } : {};
  return {
    ...inherit(parent, section, { vars: true }),
    ...local,
    kind: 'task',
    name: section.value('name'),
    module,
    args,
    moreArgs: template,
    loop: readLoop(section, withKeys),
    register: section.text('register'),
    listen: section.words('listen'),
    changedWhen: section.conditions('changed_when'),
    failedWhen: section.conditions('failed_when'),
    retry: readRetry(section),
    at: section.at,
    file: section.problems.file,
  };
}
