import type { Host } from './host.js';
import type { PlayRun } from './run.js';
import { runTask } from './run-task.js';

/** A handler that notifies another can do so for ever; more rounds than this are taken for a loop. */
const MAX_ROUNDS = 20;

/** Runs the notified handlers in the order in which they are written, each once for a host. */
export async function flushHandlers(play: PlayRun, hosts: readonly Host[]): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS && hosts.some((host) => host.notified.size > 0); round++) {
    for (const handler of play.play.handlers) {
      const waiting = hosts.filter((host) => host.active && host.notified.delete(handler));
      await runTask(play, handler, waiting, 'handler');
    }
    for (const host of hosts) if (!host.active) host.notified.clear();
  }
}
