import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import type { Task } from '../parse/tree.js';
import { flushHandlers } from './handlers.js';
import type { Host } from './host.js';
import type { PlayRun } from './run.js';
import { conditionsHold } from './conditions.js';

function endHost(host: Host): void {
  host.ended = true;
}

/** Does a meta task on the hosts for which its `when` holds. Throws TemplateError for a `when` that cannot be evaluated. */
export async function runMeta(play: PlayRun, task: Task, hosts: readonly Host[]): Promise<void> {
  const { run } = play;
  const concerned = hosts.filter((host) =>
    conditionsHold(run, task.when, run.scope(play, host, task), task.file),
  );
  switch (plain(pyStr(task.args.get('cmd') ?? ''))) {
    case 'flush_handlers':
      await flushHandlers(play, concerned);
      break;
    case 'end_host':
      concerned.forEach(endHost);
      break;
    case 'end_play':
    case 'end_batch':
      if (concerned.length > 0) play.hosts.forEach(endHost);
      break;
    case 'clear_host_errors':
      for (const host of play.hosts) host.failure = undefined;
      break;
    case 'clear_facts':
      for (const host of concerned) host.facts.clear();
      break;
    default:
      // noop, refresh_inventory and reset_connection: nothing here is kept that they could renew.
      break;
  }
}
