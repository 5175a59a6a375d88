import { TemplateError } from '@tenon/jinja/errors';
import { isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';
import type { TaskResult } from './result.js';
import { Templates } from './run.js';

/** The variables of a loop that an item's result keeps. */
function loopVariablesIn(item: ReadonlyMap<Value, Value>): Map<string, Value> {
  const names = ['ansible_loop', 'ansible_loop_var', 'ansible_index_var'];
  const chosen = ['ansible_loop_var', 'ansible_index_var'].flatMap((name) => {
    const variable = item.get(name);
    return isStr(variable) ? [plain(variable)] : [];
  });
  const known = [...names, ...chosen].flatMap((name): [string, Value][] => {
    const value = item.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return new Map(known);
}

/** What the words of a task are worked out with: each item of a loop that was not skipped knows itself. */
function surroundings(play: PlayRun, task: Task, host: Host, { value }: TaskResult): Templates[] {
  const templates = play.templates(host, task);
  const items = task.loop === undefined ? undefined : value.get('results');
  if (!Array.isArray(items)) return [templates];
  return items.flatMap((item) => {
    if (!(item instanceof Map) || item.get('skipped') === true) return [];
    return [new Templates(templates.jinja, templates.scope.with(loopVariablesIn(item)))];
  });
}

function notified(play: PlayRun, task: Task, host: Host, result: TaskResult): Set<string> {
  const names = surroundings(play, task, host, result).flatMap((templates) =>
    task.notify.flatMap((written) => {
      const value = templates.value(written);
      return (Array.isArray(value) ? value : [value]).map((name) => plain(pyStr(name)));
    }),
  );
  return new Set(names);
}

/** The names of a handler; none when it needs a variable that is not there yet. */
function namesOf(play: PlayRun, handler: Task, host: Host): string[] {
  const { name: written, role } = handler;
  if (written === undefined || written === null) return [];
  try {
    const name = plain(pyStr(play.templates(host, handler).value(written)));
    return role === undefined ? [name] : [name, `${role.name} : ${name}`];
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

function topicsOf(play: PlayRun, handler: Task, host: Host): string[] {
  if (handler.listen.length === 0) return [];
  const templates = play.templates(host, handler);
  return handler.listen.flatMap((written) => {
    const value = templates.value(written);
    return (Array.isArray(value) ? value : [value]).map((topic) => plain(pyStr(topic)));
  });
}

/** The handlers that a name means: the last that is called so, and all that listen to it. */
function meant(play: PlayRun, name: string, host: Host): Task[] {
  const { handlers } = play;
  const named = handlers.findLast((handler) => namesOf(play, handler, host).includes(name));
  const listening = handlers.filter((handler) => topicsOf(play, handler, host).includes(name));
  return named === undefined ? listening : [named, ...listening];
}

/** Remembers the handlers that a changed task names. Throws ModuleError for a name that no handler has, which ends the run. */
export function notify(play: PlayRun, task: Task, host: Host, result: TaskResult): void {
  if (task.notify.length === 0) return;
  for (const name of notified(play, task, host, result)) {
    const found = meant(play, name, host);
    for (const handler of found) host.notified.add(handler);
    if (found.length === 0) {
      throw new ModuleError(
        `The requested handler '${name}' was not found in either the main handlers list nor in the listening handlers list; ` +
          `add a handler of that name to the handlers of the play or role`,
      );
    }
  }
}
