import { Dict } from '@tenon/jinja/dict';
import type { Block, Work } from '../parse/tree.js';
import type { Host } from './host.js';
import { runMeta } from './meta.js';
import { runTask } from './run-task.js';
import type { PlayRun } from './run.js';

/** The hosts that came in and are still there. */
const still = (hosts: readonly Host[]) => hosts.filter((host) => host.active);

async function runBlock(play: PlayRun, block: Block, hosts: readonly Host[]): Promise<void> {
  await runWork(play, block.tasks, hosts);
  const failed = hosts.filter((host) => host.failure !== undefined && !host.gone);
  if (block.rescue.length > 0 && failed.length > 0) {
    for (const host of failed) {
      host.assigned.set('ansible_failed_task', new Dict([['name', host.failure?.task ?? '']]));
      host.assigned.set('ansible_failed_result', host.failure?.result ?? null);
      host.failure = undefined;
    }
    await runWork(play, block.rescue, failed);
    for (const host of still(failed)) host.stats.rescued++;
  }
  if (block.always.length === 0) return;
  const reachable = hosts.filter((host) => !host.gone);
  const failures = reachable.map((host) => host.failure);
  for (const host of reachable) host.failure = undefined;
  await runWork(play, block.always, reachable);
  reachable.forEach((host, index) => (host.failure ??= failures[index]));
}

/** Runs tasks and blocks in order. A host that fails takes no further part until something rescues it. */
export async function runWork(play: PlayRun, work: readonly Work[], hosts: readonly Host[]): Promise<void> {
  for (const item of work) {
    if (item.kind === 'block') await runBlock(play, item, still(hosts));
    else if (item.module.name === 'meta') await runMeta(play, item, still(hosts));
    else await runTask(play, item, still(hosts));
  }
}
