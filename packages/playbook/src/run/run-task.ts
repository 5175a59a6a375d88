import type { Task } from '../parse/tree.js';
import { Turn } from './ahead/turn.js';
import { type Attempt } from './attempt.js';
import { breakIfFatal } from './fatal.js';
import type { Host } from './host.js';
import { inParallel } from './parallel.js';
import type { PlayRun } from './play-run.js';
import { pathOf, Report } from './report.js';
import type { TaskResult } from './result.js';
import { fail, settle, type Settling } from './settle.js';
import { doTask } from './task.js';
import { templatesOf } from './templates-of.js';

/** Modules that speak for all hosts at once. */
const ONCE = new Set(['add_host', 'pause']);

/** Does the task for one host; what comes out is told in its turn, but belongs to nobody yet. */
export async function perform(attempt: Attempt): Promise<Settling> {
  const { play, task, host, sharers, turn } = attempt;
  const report = new Report(play, task, host, templatesOf(attempt));
  let items = 0;
  const result = await doTask(attempt, {
    item(each, label) {
      items++;
      report.item(each, label);
    },
    retry: (each, triesLeft) => report.retry(each, triesLeft),
  });
  turn.tell(() => (items > 0 ? report.loop(result) : report.result(result)));
  return { play, task, host, result, report, sharers };
}

/** Whether the first host does it for all (`run_once`): all get the result, and all fail with it. */
export function isShared(play: PlayRun, task: Task, first: Host): boolean {
  return play.templates(first, task).flag(task.keywords.run_once) === true;
}

/** The hosts that do a task: those that have not run its role yet, or the first of them. */
function doersOf(
  play: PlayRun,
  task: Task,
  hosts: readonly Host[],
  kind: 'task' | 'handler',
): readonly Host[] {
  const { role } = task;
  return role === undefined || kind === 'handler' ? hosts : hosts.filter((host) => !play.hasRun(role, host));
}

function limitOf(play: PlayRun, task: Task, first: Host): number {
  const { forks } = play.run.settings;
  const throttle = play.templates(first, task).number(task.keywords.throttle) ?? 0;
  return throttle > 0 ? Math.min(forks, throttle) : forks;
}

/** Tells that a task begins. */
export function announce(play: PlayRun, task: Task, host: Host, kind: 'task' | 'handler'): void {
  play.run.emit({
    kind,
    task: play.taskName(task, host),
    module: task.module.name,
    path: pathOf(task),
  });
}

/**
 * Runs a task on every host that is still in the play; the next task begins when all have ended it (strategy linear).
 * Gives the results of the hosts that did it.
 */
export async function runTask(
  play: PlayRun,
  task: Task,
  all: readonly Host[],
  kind: 'task' | 'handler' = 'task',
): Promise<readonly TaskResult[]> {
  play.run.checkCancelled();
  const hosts = doersOf(play, task, all, kind);
  const [first] = hosts;
  if (first === undefined) return [];
  const shared = isShared(play, task, first);
  const once = shared || ONCE.has(task.module.name);
  announce(play, task, first, kind);
  const doers = once ? [first] : hosts;
  const ended = await inParallel(doers, limitOf(play, task, first), async (host) => {
    const sharers = shared ? all : [host];
    const done = await perform({
      play,
      task,
      host,
      scope: play.scope(host, task),
      local: [],
      sharers,
      turn: Turn.first(),
    });
    settle(done);
    return done;
  });
  for (const each of ended) if (shared && each.host.failure !== undefined) failTogether(each, hosts);
  breakIfFatal(play, task, { hosts, once });
  return ended.map((each) => each.result);
}

/** A task that one host does for all fails for all. */
function failTogether(settling: Settling, hosts: readonly Host[]): void {
  for (const host of hosts) {
    if (host === settling.host || host.failure !== undefined) continue;
    const { failed, rescued } = host.stats;
    fail(settling, host);
    Object.assign(host.stats, { failed, rescued });
  }
}
