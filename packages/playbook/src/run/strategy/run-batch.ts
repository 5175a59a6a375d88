import { chosenWork } from '../tags.js';
import { flushHandlers } from '../handlers.js';
import type { Host } from '../host.js';
import { inParallel } from '../parallel.js';
import type { Play } from '../../parse/tree.js';
import type { PlayRun } from '../play-run.js';
import type { Templates } from '../run.js';
import { fromStart } from '../start-at.js';
import { runWork } from '../work.js';
import { gatherFacts } from './gather-facts.js';

/** Hosts that failed run the handlers that they were told of, too, when somebody asks for it. */
async function flushForced(play: PlayRun, hosts: readonly Host[]): Promise<void> {
  const failures = hosts.map((host) => host.failure);
  for (const host of hosts) host.failure = undefined;
  await flushHandlers(play, hosts);
  hosts.forEach((host, index) => (host.failure ??= failures[index]));
}

function isForced(play: PlayRun, hosts: readonly Host[]): boolean {
  const [first] = hosts;
  if (play.run.settings.forceHandlers || first === undefined) return play.run.settings.forceHandlers;
  return play.templates(first).flag(play.play.keywords.force_handlers) ?? false;
}

/** The whole play for some hosts, which wait for each other after every task. */
async function runTogether(play: PlayRun, hosts: readonly Host[]): Promise<void> {
  const [first] = hosts;
  if (first === undefined) return;
  for (const host of hosts) play.levels.varsFiles.load(host, play.templates(host));
  await gatherFacts(play, hosts);
  for (const host of hosts) if (host.active) play.levels.varsFiles.load(host, play.templates(host));
  const forced = isForced(play, hosts);
  for (const section of play.play.sections) {
    const chosen = chosenWork(section, play.run.settings, (task, tag) =>
      play.templates(first, task).value(tag),
    );
    await runWork(play, fromStart(play, chosen), hosts);
    if (forced) await flushForced(play, hosts);
    else await flushHandlers(play, hosts);
  }
}

/** Whether all hosts wait for each other after every task. */
export function isLinear(templates: Templates, { keywords }: Play): boolean {
  const written = templates.text(keywords.strategy) ?? 'linear';
  return written.replace(/^ansible\.(?:builtin|legacy)\./, '') === 'linear';
}

/** Runs the play on its batch as its strategy says: `linear` all together, `free` and `host_pinned` each host by itself. */
export async function runBatch(play: PlayRun): Promise<void> {
  const [first] = play.hosts;
  if (first === undefined) return;
  if (isLinear(play.templates(first), play.play)) {
    await runTogether(play, play.hosts);
    return;
  }
  // One question at a time.
  const forks = play.run.steps ? 1 : play.run.settings.forks;
  await inParallel(play.hosts, forks, (host) => runTogether(play, [host]));
}
