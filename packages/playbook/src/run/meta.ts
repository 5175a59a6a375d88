import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import type { Task } from '../parse/tree.js';
import { conditionsHold } from './conditions.js';
import { flushHandlers } from './handlers.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';
import { disconnect } from './reach/connect.js';
import { pathOf } from './report.js';
import { announce } from './run-task.js';

type Act = (play: PlayRun, hosts: readonly Host[]) => void | Promise<void>;

const endAll: Act = (play) => {
  for (const host of play.hosts) if (!host.gone) host.ended = true;
};

/** What the hosts do for which `when` holds. */
const FOR_HOSTS: Readonly<Record<string, Act>> = {
  flush_handlers: flushHandlers,
  end_host: (_play, hosts) => {
    for (const host of hosts) host.ended = true;
  },
  reset_connection: async (play, hosts) => {
    for (const host of hosts) await disconnect({ host, delegated: false, scope: play.scope(host) });
  },
};

/** What is done for all when `when` holds on the first host. */
const FOR_ALL: Readonly<Record<string, Act>> = {
  end_batch: endAll,
  end_play: (play, hosts) => {
    play.endsPlay = true;
    return endAll(play, hosts);
  },
  clear_host_errors: (play) => {
    for (const host of play.allHosts) {
      host.failure = undefined;
      host.gone = false;
    }
  },
  clear_facts: (play) => {
    for (const host of play.allHosts) host.facts.clear();
  },
  refresh_inventory: (play) => play.run.settings.inventory.refresh(),
};

/** Without `when`, in Ansible 2.14. */
const UNCONDITIONAL = new Set(['noop', 'refresh_inventory', 'reset_connection']);

/** What is said to a host for which `when` does not hold. */
const OTHERWISE: Readonly<Record<string, (host: string) => string>> = {
  flush_handlers: (host) => `not running handlers for ${host}`,
  clear_facts: (host) => `not clearing facts and fact cache for ${host}`,
  clear_host_errors: (host) => `not clearing host error state for ${host}`,
  end_batch: () => 'continuing current batch',
  end_play: () => 'continuing play',
  end_host: (host) => `continuing execution for ${host}`,
};

function tellSkipped(play: PlayRun, task: Task, host: Host, action: string): void {
  const no = action === 'end_host' ? 'false' : 'False';
  const reason = `${action} conditional evaluated to ${no}, ${OTHERWISE[action]?.(host.name) ?? ''}`;
  play.run.emit({
    kind: 'result',
    host: host.name,
    task: play.taskName(task, host),
    module: 'meta',
    status: 'skipped',
    detail: { skipped: true, skip_reason: reason, msg: reason },
    path: pathOf(task),
  });
}

/** Does a meta task. Throws TemplateError for a `when` that cannot be evaluated. */
export async function runMeta(play: PlayRun, task: Task, hosts: readonly Host[]): Promise<void> {
  const [first] = hosts;
  if (first === undefined) return;
  const action = plain(pyStr(task.args.get('cmd') ?? ''));
  if (UNCONDITIONAL.has(action) && task.when.length > 0)
    play.run.warn(`${action} task does not support when conditional`);
  announce(play, task, first, 'task');
  const isWanted = (host: Host) =>
    UNCONDITIONAL.has(action) || conditionsHold(play.templates(host, task), task.when);
  const forHosts = FOR_HOSTS[action];
  const asked = forHosts === undefined ? [first] : hosts;
  const wanted = asked.filter(isWanted);
  for (const host of asked) if (!wanted.includes(host)) tellSkipped(play, task, host, action);
  if (wanted.length > 0) await (forHosts ?? FOR_ALL[action])?.(play, wanted);
}
