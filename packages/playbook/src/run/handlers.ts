import type { Host } from './host.js';
import { includeWork } from './include/include-work.js';
import type { PlayRun } from './play-run.js';
import { runTask } from './run-task.js';
import { isWished } from './step.js';

/**
 * Runs the notified handlers in the order in which they are defined, each once for a host. One that a later handler notifies
 * waits for the next time (Ansible 2.14).
 */
export async function flushHandlers(play: PlayRun, hosts: readonly Host[]): Promise<void> {
  // A copy: included handlers come behind the others, but belong to their include.
  for (const handler of [...play.handlers]) {
    const waiting = hosts.filter((host) => host.active && host.notified.delete(handler));
    if (waiting.length === 0 || !(await isWished(play, handler, waiting[0], 'handler'))) continue;
    const included = await includeWork(play, handler, waiting, 'handler');
    if (included === undefined) await runTask(play, handler, waiting, 'handler');
    for (const each of included ?? [])
      for (const task of each.work)
        if (task.kind === 'task')
          await runTask(
            play,
            task,
            each.hosts.filter((host) => host.active),
            'handler',
          );
  }
  for (const host of hosts) if (!host.active) host.notified.clear();
}
