import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import { taskName, type PlayRun } from './run.js';

function names(play: PlayRun, task: Task, host: Host): string[] {
  const scope = play.run.scope(play, host, task);
  return task.notify.flatMap((written) => {
    const value = play.run.jinja.templateValue(written, scope);
    return (Array.isArray(value) ? value : [value]).map((name) => plain(pyStr(name)));
  });
}

/** Remembers the handlers that a changed task names, by name or by what they listen to. */
export function notify(play: PlayRun, task: Task, host: Host): void {
  for (const name of names(play, task, host)) {
    const listening = play.play.handlers.filter((handler) => handler.listen.includes(name));
    // A later handler of the same name hides the earlier one.
    const named = play.play.handlers.findLast((handler) => taskName(play, handler, host) === name);
    const found = named === undefined ? listening : [...listening, named];
    for (const handler of found) host.notified.add(handler);
    if (found.length === 0) {
      play.run.emit({
        kind: 'warning',
        host: host.name,
        message: `no handler is called "${name}" or listens to it`,
      });
    }
  }
}
