import type { TaskStatus } from '../events.js';
import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import { notify } from './notify.js';
import { detailOf, type TaskResult } from './result.js';
import { taskName, type PlayRun } from './run.js';
import { doTask } from './task.js';

/** Most hosts that work at the same time (Ansible's forks is 5; ours cost a channel, not a process). */
const FORKS = 20;

const CENSORED = {
  censored: "the output has been hidden due to the fact that 'no_log: true' was specified for this result",
};

function statusOf(result: TaskResult, ignored: boolean): TaskStatus {
  if (result.unreachable) return 'unreachable';
  if (result.failed) return ignored ? 'ignored' : 'failed';
  if (result.skipped) return 'skipped';
  return result.changed ? 'changed' : 'ok';
}

function count(host: Host, status: TaskStatus): void {
  const { stats } = host;
  if (status === 'ok' || status === 'changed' || status === 'ignored') stats.ok++;
  if (status === 'changed') stats.changed++;
  if (status === 'ignored') stats.ignored++;
  if (status === 'skipped') stats.skipped++;
  if (status === 'unreachable') stats.unreachable++;
}

/** Puts the result where it belongs: variables, counters, the list of failures, the listener. */
function settle(play: PlayRun, task: Task, host: Host, result: TaskResult): void {
  const { run } = play;
  const scope = run.scope(play, host, task);
  const ignored = result.failed && (run.flag(task.ignoreErrors, scope) ?? false);
  const tolerated = result.unreachable && (run.flag(task.ignoreUnreachable, scope) ?? false);
  const status = statusOf(result, ignored);
  if (task.register !== undefined) host.assigned.set(task.register, result.value);
  if (tolerated) {
    host.stats.skipped++;
    return;
  }
  count(host, status);
  const name = taskName(play, task, host);
  const message = result.message ?? 'the task failed';
  if (status === 'unreachable') {
    host.gone = true;
    run.failures.push({ host: host.name, task: name, message });
  }
  if (status === 'failed') host.failure = { task: name, message, result: result.value };
  if (status === 'changed') notify(play, task, host);
}

function emitResult(
  play: PlayRun,
  task: Task,
  host: Host,
  { result, item }: { result: TaskResult; item?: string },
): void {
  const { run } = play;
  const scope = run.scope(play, host, task);
  const secret = run.flag(task.noLog, scope) ?? false;
  const ignored = run.flag(task.ignoreErrors, scope) ?? false;
  run.emit({
    kind: 'result',
    host: host.name,
    task: taskName(play, task, host),
    module: task.module.name,
    status: statusOf(result, ignored),
    durationMs: result.durationMs,
    ...(item !== undefined && { item: secret ? '(hidden)' : item }),
    ...(result.message !== undefined && { message: secret ? 'hidden by no_log' : result.message }),
    detail: secret ? CENSORED : detailOf(result),
  });
}

async function runOn(play: PlayRun, task: Task, host: Host): Promise<void> {
  const { run } = play;
  const scope = run.scope(play, host, task);
  let items = 0;
  const result = await doTask({ run, task, host, scope }, (each, item) => {
    items++;
    emitResult(play, task, host, { result: each, item });
  });
  if (run.flag(task.noLog, scope) === true)
    result.message &&= 'the task failed; its output is hidden by no_log';
  if (items === 0) emitResult(play, task, host, { result });
  settle(play, task, host, result);
}

/** Runs a task on every host that is still in the play; the next task begins when all have ended it (strategy linear). */
export async function runTask(
  play: PlayRun,
  task: Task,
  hosts: readonly Host[],
  kind: 'task' | 'handler' = 'task',
): Promise<void> {
  const { run } = play;
  run.checkCancelled();
  const [first] = hosts;
  if (first === undefined) return;
  run.emit({ kind, task: taskName(play, task, first), module: task.module.name });
  for (let start = 0; start < hosts.length; start += FORKS) {
    const ended = await Promise.allSettled(
      hosts.slice(start, start + FORKS).map((host) => runOn(play, task, host)),
    );
    // All have ended when the first problem is passed on: nothing of a cancelled run goes on behind its back.
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  }
  const isFatal = run.flag(task.anyErrorsFatal, run.scope(play, first, task)) ?? false;
  if (isFatal && hosts.some((host) => !host.active)) {
    for (const host of hosts) if (host.active) host.gone = true;
  }
}
