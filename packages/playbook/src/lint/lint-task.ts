import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { KeyValueError, readCommandLine, readPairs } from '../parse/key-value.js';
import { keywordsOf } from '../parse/keywords.js';
import type { Place } from '../parse/problem.js';
import { toValue, type YamlEntry, type YamlMap, type YamlNode } from '../parse/yaml.js';
import { lastLineOf } from './node-lines.js';

/** Modules whose argument is a command. */
export const COMMANDS: ReadonlySet<string> = new Set(['command', 'shell', 'raw', 'script']);
const FREE_FORM = new Set([
  ...COMMANDS,
  'include',
  'include_tasks',
  'import_tasks',
  'import_playbook',
  'meta',
]);
const COMMAND_OPTIONS = new Set(
  'creates removes chdir executable warn stdin stdin_add_newline strip_empty_ends'.split(' '),
);
const KEYWORDS = new Set([...keywordsOf('task'), ...keywordsOf('handler'), ...keywordsOf('block')]);
const LOOPS = /^(?:loop|with_\w+)$/;

/** A task, handler or block as a rule sees it. */
export interface LintTask {
  readonly level: 'task' | 'handler' | 'block';
  readonly keys: ReadonlyMap<string, YamlEntry>;
  readonly at: Place;
  readonly lastLine: number;
  /** As it is written; '' for a block. */
  readonly action: string;
  /** Without `ansible.builtin.`. */
  readonly module: string;
  /** Where the module is named. */
  readonly moduleAt: Place;
  /** What stands behind the module's name. */
  readonly written: YamlNode | undefined;
  readonly args: ReadonlyMap<string, Value>;
  /** The text of a command; the words of argv joined. */
  readonly command: string | undefined;
}

/** A keyword's value; undefined when it is not written. */
export function keyword(task: Pick<LintTask, 'keys'>, name: string): Value | undefined {
  const entry = task.keys.get(name);
  return entry === undefined ? undefined : toValue(entry.value);
}

/** A value as a text; '' for what is none. */
export function textOf(value: Value | undefined): string {
  return isStr(value) ? plain(value) : typeof value === 'number' ? String(value) : '';
}

export function hasLoop({ keys }: LintTask): boolean {
  return [...keys.keys()].some((key) => LOOPS.test(key));
}

interface Action {
  readonly name: string;
  readonly at: Place;
  readonly node: YamlNode;
}

function actionOf(map: YamlMap): Action | undefined {
  for (const { key, value, at } of map.entries) {
    if (key === 'action' || key === 'local_action') {
      if (value.kind === 'map') {
        const module = value.entries.find((entry) => entry.key === 'module');
        const others = value.entries.filter((entry) => entry !== module);
        return { name: textOf(module && toValue(module.value)), at, node: { ...value, entries: others } };
      }
      const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(textOf(toValue(value))) ?? [];
      return { name, at, node: { kind: 'scalar', value: rest, at: value.at } };
    }
    if (!KEYWORDS.has(key) && !LOOPS.test(key)) return { name: key, at, node: value };
  }
  return undefined;
}

function pairsOf(text: string, module: string): ReadonlyMap<string, Value> {
  try {
    if (!FREE_FORM.has(module)) return new Map(readPairs(text).options);
    const { options, rest } = readCommandLine(text, COMMAND_OPTIONS);
    return new Map<string, Value>([...options, ['cmd', rest]]);
  } catch (error) {
    // Not closed quotes are for syntax-check to tell.
    if (error instanceof KeyValueError) return new Map([['cmd', text]]);
    throw error;
  }
}

function mapOf(node: YamlNode | undefined): ReadonlyMap<string, Value> {
  if (node?.kind !== 'map') return new Map();
  return new Map(node.entries.map((entry) => [entry.key, toValue(entry.value)]));
}

function argumentsOf(node: YamlNode | undefined, module: string): ReadonlyMap<string, Value> {
  if (node?.kind !== 'scalar') return mapOf(node);
  const text = textOf(node.value);
  return text === '' ? new Map() : pairsOf(text, module);
}

function commandOf(module: string, args: ReadonlyMap<string, Value>): string | undefined {
  if (!COMMANDS.has(module)) return undefined;
  const argv = args.get('argv');
  if (Array.isArray(argv)) return argv.map(textOf).join(' ');
  return textOf(args.get('cmd') ?? args.get('_raw_params')).trim();
}

/** Makes a task of its dictionary. */
export function readLintTask(map: YamlMap, level: 'task' | 'handler'): LintTask {
  const keys = new Map(map.entries.map((entry) => [entry.key, entry]));
  const isBlock = keys.has('block');
  const action = isBlock ? undefined : actionOf(map);
  const module = (action?.name ?? '').replace(/^ansible\.(?:builtin|legacy)\./, '');
  const args = new Map([...mapOf(keys.get('args')?.value), ...argumentsOf(action?.node, module)]);
  return {
    level: isBlock ? 'block' : level,
    keys,
    at: map.at,
    lastLine: lastLineOf(map),
    action: action?.name ?? '',
    module,
    moduleAt: action?.at ?? map.at,
    written: action?.node,
    args,
    command: commandOf(module, args),
  };
}
