import { Dict } from '@tenon/jinja/dict';
import { isStr, plain } from '@tenon/jinja/text';
import { omit, pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { RawArguments } from '../modules/read-arguments.js';
import type { Task } from '../parse/tree.js';
import type { Attempt } from './attempt.js';
import { originOf, type Templates } from './run.js';

/** A value without what `omit` leaves out, deep in dictionaries. */
function withoutOmitted(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => item !== omit).map(withoutOmitted);
  if (!(value instanceof Map)) return value;
  return new Dict(
    [...value].filter(([, item]) => item !== omit).map(([key, item]) => [key, withoutOmitted(item)]),
  );
}

function shortName(name: string): string {
  return name.replace(/^(?:ansible\.(?:builtin|legacy|posix)|community\.general)\./, '');
}

/** What module_defaults say for the task's module, nearest last; groups of modules are not known here. */
function defaultsFor(task: Task, templates: Templates): [string, Value][] {
  return task.moduleDefaults.flatMap((written) => {
    const defaults = templates.value(written);
    if (!(defaults instanceof Map)) return [];
    return [...defaults].flatMap(([name, args]) =>
      isStr(name) && shortName(plain(name)) === task.module.name && args instanceof Map
        ? [...args].map(([key, value]): [string, Value] => [plain(pyStr(key)), value])
        : [],
    );
  });
}

/** The arguments of a task as its module gets them. Throws TemplateError and ModuleError. */
export function templateArguments({ task }: Attempt, templates: Templates): RawArguments {
  const origin = originOf(task.at, task.file);
  const args = new Map<string, Value>(defaultsFor(task, templates));
  const more: Value = task.moreArgs === undefined ? new Dict() : templates.value(task.moreArgs, origin);
  if (!(more instanceof Map)) throw new ModuleError(`invalid or malformed argument: '${plain(pyStr(more))}'`);
  for (const [name, value] of more) args.set(plain(pyStr(name)), value);
  for (const [name, value] of task.args) args.set(name, templates.value(value, origin));
  return new Map(
    [...args].filter(([, value]) => value !== omit).map(([name, value]) => [name, withoutOmitted(value)]),
  );
}
