import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import type { Module } from '../modules/module.js';
import { findOption } from '../modules/options.js';
import { checkNames, checkValue, type RawArguments } from '../modules/read-arguments.js';
import { KeyValueError, readCommandLine, readPairs } from './key-value.js';
import type { Place } from './problem.js';
import type { Section } from './section.js';
import type { Action } from './task-action.js';
import { toValue, type YamlNode } from './yaml.js';

/** The arguments of a task as they are written. */
export interface WrittenArguments {
  readonly args: RawArguments;
  /** A template that gives more of them: `args: "{{ x }}"` or `copy: "{{ x }}"`. */
  readonly more: Value | undefined;
}

const NONE: WrittenArguments = { args: new Map(), more: undefined };

function isTemplate(value: Value): boolean {
  if (isStr(value)) return /\{[{%]/.test(plain(value));
  if (Array.isArray(value)) return value.some(isTemplate);
  return value instanceof Map && [...value.values()].some(isTemplate);
}

function textArguments({ module, node }: Action, text: string, section: Section): WrittenArguments {
  if (module.freeForm !== undefined) {
    const { options, rest } = readCommandLine(text, new Set(module.freeForm));
    const command = rest === '' ? [] : [['cmd', rest] as const];
    return { args: new Map<string, Value>([...options, ...command]), more: undefined };
  }
  const { options, rest } = readPairs(text);
  const args = new Map<string, Value>(options);
  if (rest === '' || isTemplate(rest)) return { args, more: rest === '' ? undefined : rest };
  section.problems.error(node.at, `${module.name} takes key=value pairs; "${rest}" is none`);
  return { args, more: undefined };
}

function behindModule(action: Action, section: Section): WrittenArguments {
  const { module, node } = action;
  if (node.kind === 'map') {
    return { args: new Map(node.entries.map((entry) => [entry.key, toValue(entry.value)])), more: undefined };
  }
  const value = toValue(node);
  if (value === null) return NONE;
  if (module.freeForm !== undefined && !isStr(value) && !Array.isArray(value))
    return { args: new Map([['cmd', value]]), more: undefined };
  if (!isStr(value)) {
    section.problems.error(node.at, `${module.name} takes a dictionary or key=value pairs`);
    return NONE;
  }
  try {
    return textArguments(action, plain(value), section);
  } catch (error) {
    if (!(error instanceof KeyValueError)) throw error;
    section.problems.error(node.at, error.message);
    return NONE;
  }
}

function behindArgs(node: YamlNode | undefined, section: Section): WrittenArguments {
  if (node === undefined) return NONE;
  if (node.kind === 'map') return { args: section.dictionary('args'), more: undefined };
  const value = toValue(node);
  if (value !== null && !isTemplate(value)) {
    section.problems.error(node.at, '"args" takes a dictionary, or a template that gives one');
    return NONE;
  }
  return { args: new Map(), more: value ?? undefined };
}

/** Everything about the arguments that can be said before the play begins. */
function check(module: Module, args: RawArguments, at: Place, section: Section): void {
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

/**
 * What is written behind the module and in `args`; the former wins. They are checked unless module_defaults may add what is
 * missing, or the failure of the task is expected.
 */
export function readTaskArguments(
  action: Action,
  section: Section,
  { isChecked }: { readonly isChecked: boolean },
): WrittenArguments {
  const more = behindArgs(section.node('args'), section);
  const own = behindModule(action, section);
  const args = new Map([...more.args, ...own.args]);
  const template = own.more ?? more.more;
  if (template === undefined && isChecked) check(action.module, args, action.at, section);
  return { args, more: template };
}
