import type { Value } from '@tenon/jinja/values';
import type { Task } from '../parse/tree.js';
import { inConvoy, type Piece } from './ahead/convoy.js';
import type { Early } from './ahead/early.js';
import { mayFollow, mayLead } from './ahead/may-travel.js';
import { Turn } from './ahead/turn.js';
import { scopeFor } from './attempt.js';
import { breakIfFatal } from './fatal.js';
import { keepFound } from './found.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';
import { announce, perform } from './run-task.js';
import { settle, type Settling } from './settle.js';

/** What the tasks in front that are not settled yet have set, and may still set. */
class Unsettled {
  private readonly tasks = new Map<Task, Settling | undefined>();

  begin(task: Task): void {
    this.tasks.set(task, undefined);
  }

  end(done: Settling): void {
    this.tasks.set(done.task, done);
  }

  settle(task: Task): void {
    this.tasks.delete(task);
  }

  /** For a task: what is known of those in front of it. */
  before(task: Task): Early {
    const pending = new Set<string>();
    const known = new Map<string, Value>();
    for (const [each, done] of this.tasks) {
      if (each === task) break;
      for (const [name, value] of done?.result.found?.facts ?? []) known.set(name, value);
      if (each.register === undefined) continue;
      if (done === undefined) pending.add(each.register);
      else known.set(each.register, done.result.value);
    }
    return { pending, known };
  }
}

/** Whether tasks in a row may travel together at all. */
export function isWindow(tasks: readonly Task[]): boolean {
  return tasks.length > 1 && tasks.some(mayFollow);
}

/**
 * Runs tasks on one host. While one is under way those behind it are begun already, as far as they do not depend on it, and their
 * requests share its round trip; events, variables and counters come in order, as if each had waited for the one before.
 */
export async function runWindow(play: PlayRun, tasks: readonly Task[], host: Host): Promise<void> {
  const unsettled = new Unsettled();
  const wanted = tasks.filter((task) => task.role === undefined || !play.hasRun(task.role, host));
  const announced = new Set<Task>();
  const announceOnce = (task: Task) => {
    if (!announced.has(task)) announce(play, task, host, 'task');
    announced.add(task);
  };
  const pieces = wanted.map((task): Piece<Settling> => ({
    mayFollow: mayFollow(task),
    mayLead: mayLead(task),
    async perform(turn) {
      play.run.checkCancelled();
      unsettled.begin(task);
      const early = turn.isFront ? undefined : unsettled.before(task);
      turn.tell(() => announceOnce(task));
      const attempt = { play, task, host, early, turn, local: [], sharers: [host] };
      const done = await perform({ ...attempt, scope: scopeFor(attempt, turn, []) });
      unsettled.end(done);
      return done;
    },
    settle(done) {
      unsettled.settle(task);
      const scope = play.scope(host, task);
      keepFound({ play, task, host, scope, local: [], sharers: [host], turn: Turn.first() }, done.result);
      settle(done);
      breakIfFatal(play, task, { hosts: [host], once: false });
      return host.active;
    },
  }));
  await inConvoy(Turn.first(), pieces);
}
