import type { Value } from '@tenon/jinja/values';
import { setup } from '../../modules/facts/setup.js';
import { NOTHING_MORE } from '../../parse/nothing-more.js';
import type { Play, Task } from '../../parse/tree.js';
import type { Host } from '../host.js';
import type { PlayRun } from '../play-run.js';
import { runTask } from '../run-task.js';
import { isWished } from '../step.js';
import { isChosen } from '../tags.js';

function factsTask(play: Play): Task {
  const { gather_subset: subset, gather_timeout: timeout, fact_path: path } = play.keywords;
  const args = [
    ['gather_subset', subset],
    ['gather_timeout', timeout],
    ['fact_path', path],
  ] as const;
  return {
    ...play.inherited,
    kind: 'task',
    name: 'Gathering Facts',
    module: setup,
    action: 'gather_facts',
    args: new Map(
      args.flatMap(([name, value]): [string, Value][] => (value === undefined ? [] : [[name, value]])),
    ),
    ...NOTHING_MORE,
    parent: play.inherited,
    at: play.at,
    file: play.file,
  };
}

/** The task that a play begins with, unless it says `gather_facts: no`. */
export async function gatherFacts(play: PlayRun, hosts: readonly Host[]): Promise<void> {
  const [first] = hosts;
  if (first === undefined || play.templates(first).flag(play.play.keywords.gather_facts) === false) return;
  if (!isChosen(['always'], play.run.settings)) return;
  const task = factsTask(play.play);
  if (await isWished(play, task, first)) await runTask(play, task, hosts);
}
