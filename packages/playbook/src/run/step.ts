import { ModuleError } from '../modules/module.js';
import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';

/**
 * Whether a task is to be run at all: with `--step` the person at the terminal says so, once for all hosts, until the answer is
 * "c". Throws ModuleError, which ends the run, when nobody is there.
 */
export async function isWished(
  play: PlayRun,
  task: Task,
  host: Host | undefined,
  kind: 'task' | 'handler' = 'task',
): Promise<boolean> {
  const { run } = play;
  if (!run.steps) return true;
  const { controller } = run.settings;
  if (controller?.ask === undefined)
    throw new ModuleError('cannot run step by step: no terminal is there to ask at; leave out --step');
  const text = `Perform task: ${kind.toUpperCase()}: ${play.taskName(task, host)} (N)o/(y)es/(c)ontinue: `;
  const answer = (await controller.ask({ text, hidden: false })).trim().toLowerCase();
  if (['c', 'continue'].includes(answer)) run.steps = false;
  return ['y', 'yes', 'c', 'continue'].includes(answer);
}
