import type { TaskStatus } from '../events.js';
import type { Task } from '../parse/tree.js';
import { markUnsafe } from '@tenon/jinja/values';
import { failedTaskOf } from './failed-task.js';
import type { Host } from './host.js';
import { notify } from './notify.js';
import type { PlayRun } from './play-run.js';
import type { Report } from './report.js';
import type { TaskResult } from './result.js';

/** A result and where it belongs. */
export interface Settling {
  readonly play: PlayRun;
  readonly task: Task;
  readonly host: Host;
  readonly result: TaskResult;
  readonly report: Report;
  /** The hosts that keep what is registered. */
  readonly sharers: readonly Host[];
}

function count({ stats }: Host, status: TaskStatus, changed: boolean): void {
  if (status === 'ok' || status === 'changed' || status === 'ignored') stats.ok++;
  if (changed && (status === 'changed' || status === 'ignored')) stats.changed++;
  if (status === 'ignored') stats.ignored++;
  if (status === 'skipped') stats.skipped++;
}

/** A host that fails leaves the play, unless a rescue is around it. */
export function fail(settling: Settling, host: Host): void {
  const { play, task, result, report } = settling;
  const name = play.taskName(task, host);
  const message = report.messageOf(result) ?? 'the task failed';
  host.failure = { task: name, message, result: result.value };
  if (host.rescuers > 0) {
    host.stats.rescued++;
    host.assigned.set('ansible_failed_task', markUnsafe(failedTaskOf(task, play.ownName(task, host))));
    host.assigned.set('ansible_failed_result', result.value);
    return;
  }
  host.stats.failed++;
  play.run.failures.push({ host: host.name, task: name, message });
}

function lose({ play, task, result, report }: Settling, host: Host, tolerated: boolean): void {
  if (tolerated) {
    host.stats.ok++;
    host.stats.ignored++;
    return;
  }
  host.gone = true;
  host.stats.unreachable++;
  const message = report.messageOf(result) ?? 'the machine cannot be reached';
  play.run.failures.push({ host: host.name, task: play.taskName(task, host), message });
}

/** Puts a result where it belongs: variables, counters, the list of failures, the handlers. Throws what notify throws. */
export function settle(settling: Settling): void {
  const { play, task, host, result, report, sharers } = settling;
  const status = report.statusOf(result);
  if (task.register !== undefined)
    for (const sharer of sharers) sharer.assigned.set(task.register, result.value);
  if (task.role !== undefined && status !== 'skipped' && status !== 'unreachable')
    play.beginRole(task.role, host);
  if (status === 'unreachable') {
    const tolerates = play.templates(host, task).flag(task.keywords.ignore_unreachable) ?? false;
    lose(settling, host, tolerates);
    return;
  }
  count(host, status, result.changed);
  if (status === 'failed') fail(settling, host);
  if (status === 'changed') notify(play, task, host, result);
}
