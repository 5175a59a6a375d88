import type { ModuleResult } from '../modules/module.js';
import type { Attempt } from './attempt.js';
import type { Host } from './host.js';
import type { TaskResult } from './result.js';

/** Gives a host the variables that a module has found. */
export function giveFound(host: Host, found: ModuleResult): void {
  for (const [name, value] of found.facts ?? []) host.assigned.set(name, value);
  for (const [name, value] of found.gathered ?? []) host.facts.set(name, value);
  for (const [name, value] of found.includedVars ?? []) host.included.set(name, value);
}

/** What add_host and group_by bring into the inventory; whether it is new decides about `changed`. */
function growInventory({ play, host }: Attempt, result: TaskResult, found: ModuleResult): void {
  const { inventory } = play.run.settings;
  const { addedHost, addedGroup } = found;
  if (addedHost === undefined && addedGroup === undefined) return;
  const isNew =
    (addedHost !== undefined && inventory.addHost(addedHost)) ||
    (addedGroup !== undefined && inventory.addToGroup(addedGroup.name, [host.name], addedGroup.parents));
  result.changed = isNew;
  result.value.set('changed', isNew);
}

/** Keeps, once, what a module has found: variables for the host that they are about, hosts and groups, statistics of the run. */
export function keepFound(attempt: Attempt, result: TaskResult): void {
  const { found } = result;
  if (found === undefined || result.kept === true) return;
  result.kept = true;
  growInventory(attempt, result, found);
  for (const host of result.factsFor ?? attempt.sharers) giveFound(host, found);
  if (found.stats === undefined) return;
  const names = found.stats.perHost ? attempt.sharers.map((host) => host.name) : [''];
  for (const name of names) attempt.play.run.customStats.set(name, found.stats);
}
