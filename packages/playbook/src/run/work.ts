import type { Block, Task, Work } from '../parse/tree.js';
import type { Host } from './host.js';
import { includeWork } from './include/include-work.js';
import { runMeta } from './meta.js';
import type { PlayRun } from './play-run.js';
import { runTask } from './run-task.js';
import { isWindow, runWindow } from './run-window.js';
import { isWished } from './step.js';

/** Tasks that are no module's: they bring in work, or steer the run. */
const STEPS = new Set(['meta', 'include', 'include_role', 'include_tasks']);

/** The hosts that came in and are still there. */
const still = (hosts: readonly Host[]) => hosts.filter((host) => host.active);

/** While the tasks of a block run, its rescue stands behind each of them. */
async function guarded(block: Block, hosts: readonly Host[], work: () => Promise<void>): Promise<void> {
  const guards = block.rescue.length > 0 ? 1 : 0;
  for (const host of hosts) host.rescuers += guards;
  try {
    await work();
  } finally {
    for (const host of hosts) host.rescuers -= guards;
  }
}

async function runAlways(play: PlayRun, block: Block, hosts: readonly Host[]): Promise<void> {
  if (block.always.length === 0) return;
  const reachable = hosts.filter((host) => !host.gone && !host.ended);
  const failures = reachable.map((host) => host.failure);
  for (const host of reachable) host.failure = undefined;
  await runWork(play, block.always, reachable);
  reachable.forEach((host, index) => (host.failure ??= failures[index]));
}

async function runBlock(play: PlayRun, block: Block, hosts: readonly Host[]): Promise<void> {
  await guarded(block, hosts, () => runWork(play, block.tasks, hosts));
  const failed = hosts.filter((host) => host.failure !== undefined && !host.gone);
  if (block.rescue.length > 0 && failed.length > 0) {
    for (const host of failed) host.failure = undefined;
    await runWork(play, block.rescue, failed);
  }
  await runAlways(play, block, hosts);
}

async function runOne(play: PlayRun, task: Task, hosts: readonly Host[]): Promise<void> {
  if (task.module.name === 'meta') return runMeta(play, task, hosts);
  if (!(await isWished(play, task, hosts[0]))) return;
  const included = await includeWork(play, task, hosts, 'task');
  if (included === undefined) {
    await runTask(play, task, hosts);
    return;
  }
  for (const each of included) await runWork(play, each.work, still(each.hosts));
}

/** A block without rescue and always is nothing but its tasks, which have its keywords already. */
function inOneRow(work: readonly Work[]): Work[] {
  return work.flatMap((item) => {
    const isPlain = item.kind === 'block' && item.rescue.length === 0 && item.always.length === 0;
    return isPlain ? inOneRow(item.tasks) : [item];
  });
}

/** The tasks in a row that a work begins with, when nothing but modules is to be run. */
function windowAt(work: readonly Work[], start: number): Task[] {
  const tasks: Task[] = [];
  for (const item of work.slice(start)) {
    if (item.kind !== 'task' || STEPS.has(item.module.name)) break;
    tasks.push(item);
  }
  return tasks;
}

/** Runs tasks and blocks in order. A host that fails takes no further part until something rescues it. */
export async function runWork(
  play: PlayRun,
  written: readonly Work[],
  hosts: readonly Host[],
): Promise<void> {
  const work = inOneRow(written);
  for (let at = 0; at < work.length;) {
    const here = still(hosts);
    const [host, second] = here;
    if (host === undefined) return;
    const isAlone = second === undefined && play.keepsToItself && !play.run.steps;
    const window = isAlone ? windowAt(work, at) : [];
    if (isWindow(window)) {
      await runWindow(play, window, host);
      at += window.length;
      continue;
    }
    const item = work[at++];
    if (item?.kind === 'block') await runBlock(play, item, here);
    else if (item?.kind === 'role end') play.endRole(item.role, here);
    else if (item !== undefined) await runOne(play, item, here);
  }
}
