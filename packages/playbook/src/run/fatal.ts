import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';

/** A failure that no rescue repairs, or a machine that is lost. */
const isLost = (host: Host) => host.gone || (host.failure !== undefined && host.rescuers === 0);

function endForAll(play: PlayRun): void {
  play.broken = true;
  for (const host of play.hosts) if (host.active) host.gone = true;
}

/** Ends the play for everybody when any_errors_fatal or max_fail_percentage says so. */
export function breakIfFatal(
  play: PlayRun,
  task: Task,
  { hosts, once }: { hosts: readonly Host[]; once: boolean },
): void {
  const [first] = hosts;
  if (first === undefined) return;
  const templates = play.templates(first, task);
  const isFatal = once || templates.flag(task.keywords.any_errors_fatal) === true;
  const lost = play.hosts.filter(isLost);
  if (isFatal && hosts.some(isLost)) endForAll(play);
  const percentage = templates.text(play.play.keywords.max_fail_percentage);
  if (percentage === undefined || lost.length === 0) return;
  const share = (lost.filter((host) => host.failure !== undefined).length / play.hosts.length) * 100;
  if (share > Number(percentage.replace('%', ''))) endForAll(play);
}
