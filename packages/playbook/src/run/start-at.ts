import type { Task, Work } from '../parse/tree.js';
import type { PlayRun } from './play-run.js';

function fits(pattern: string): (name: string) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(name) || name === pattern;
}

/** The work from the task on that the run is to begin with (`--start-at-task`); nothing when it is not among it. */
export function fromStart(play: PlayRun, work: readonly Work[]): readonly Work[] {
  const { run } = play;
  const { startAtTask } = run.settings;
  if (!run.seeksStart || startAtTask === undefined) return work;
  const matches = fits(startAtTask);
  const isStart = (task: Task) =>
    matches(play.ownName(task, play.hosts[0])) || matches(play.taskName(task, play.hosts[0]));
  const seeking = () => run.seeksStart;
  const rest = (items: readonly Work[]): Work[] =>
    items.flatMap((item): Work[] => {
      if (!seeking()) return [item];
      if (item.kind === 'task' && isStart(item)) run.seeksStart = false;
      if (item.kind !== 'block') return seeking() ? [] : [item];
      const tasks = rest(item.tasks);
      return seeking() ? [] : [{ ...item, tasks }];
    });
  return rest(work);
}
