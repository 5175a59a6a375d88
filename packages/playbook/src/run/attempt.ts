import { TemplateError } from '@tenon/jinja/errors';
import { isTainted, type Value } from '@tenon/jinja/values';
import { isConversation, ModuleError, type ModuleResult } from '../modules/module.js';
import type { Task } from '../parse/tree.js';
import { BecomeError } from '../transport/errors.js';
import type { LayeredScope, Variables } from '../vars/layered-scope.js';
import { earlyVariables, overviews, type Early } from './ahead/early.js';
import type { Turn } from './ahead/turn.js';
import { templateArguments } from './arguments.js';
import { carryOut } from './carry-out.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';
import { MachineAccess } from './reach/machine-access.js';
import { doerOf, type Doer } from './reach/doer.js';
import { failedResult, resultOf, type TaskResult } from './result.js';
import { originOf } from './run.js';
import { templatesOf } from './templates-of.js';

/** One task on one host at one moment: everything that has to be known to do it. */
export interface Attempt {
  readonly play: PlayRun;
  readonly task: Task;
  readonly host: Host;
  readonly scope: LayeredScope;
  /** Variables of loops around it, nearest first; they are in the scope. */
  readonly local: readonly Variables[];
  /** The hosts that the result is for: its own, or all with run_once. */
  readonly sharers: readonly Host[];
  /** Its place in the order of the host's work. */
  readonly turn: Turn;
  /** What is known of the tasks in front of it that are under way. */
  readonly early?: Early | undefined;
}

/** How often a job is asked for its end, in s. */
const POLL_S = 15;

/** The variables of an attempt in its turn, with those of the loops around it. */
export function scopeFor(
  { play, host, task, early }: Pick<Attempt, 'play' | 'host' | 'task' | 'early'>,
  turn: Turn,
  local: readonly Variables[],
): LayeredScope {
  if (early === undefined) return play.scope(host, task).with(...local);
  const scope = play.scope(host, task, earlyVariables(early, turn));
  return scope.with(...local, overviews(turn));
}

async function runModule(
  attempt: Attempt,
  args: ReadonlyMap<string, Value>,
  doer: Doer,
): Promise<ModuleResult> {
  const { play, task, scope, host } = attempt;
  const { settings } = play.run;
  const { jinja, folder } = play.surroundings(task);
  const templates = templatesOf(attempt);
  const machine = new MachineAccess(attempt, doer);
  const checkMode = templates.flag(task.keywords.check_mode) ?? settings.checkMode;
  if (task.module.name === 'async_status') return play.run.jobs.status(args, machine);
  const begun = await task.module.start(args, {
    jinja,
    scope,
    hostName: host.name,
    folder,
    checkMode,
    diffMode: templates.flag(task.keywords.diff) ?? settings.diffMode,
    controller: settings.controller,
    machine,
    signal: settings.signal,
    verbosity: settings.verbosity,
    decrypt: settings.decrypt,
    origin: originOf(task.at, task.file),
  });
  attempt.turn.isTalk = isConversation(begun);
  if (attempt.turn.isTalk) attempt.turn.wait();
  const seconds = templates.number(task.async) ?? 0;
  if (seconds > 0 && !checkMode)
    return play.run.jobs.start(begun, machine, { seconds, poll: templates.number(task.poll) ?? POLL_S });
  return carryOut(begun, machine);
}

/**
 * Does a task once. What the task or the playbook does wrong is a failed result; rejects with UnreachableError,
 * CancelledError and our own bugs.
 */
export async function attemptTask(attempt: Attempt): Promise<TaskResult> {
  const { task, turn } = attempt;
  const startedMs = Date.now();
  const spent = () => Date.now() - Math.max(startedMs, turn.frontSinceMs);
  let delegatedTo: string | undefined;
  try {
    const args = templateArguments(attempt, templatesOf(attempt));
    const doer = doerOf(attempt);
    delegatedTo = doer.delegated ? doer.host.name : undefined;
    const found = await runModule(attempt, args, doer);
    const isAboutDelegate =
      doer.delegated && templatesOf(attempt).flag(task.keywords.delegate_facts) === true;
    const result = resultOf(found, spent(), [...args.values()].some(isTainted));
    return { ...result, delegatedTo, ...(isAboutDelegate && { factsFor: [doer.host] }) };
  } catch (error) {
    const isTaskFault =
      error instanceof TemplateError || error instanceof ModuleError || error instanceof BecomeError;
    if (!isTaskFault) throw error;
    return { ...failedResult(error.message, spent()), delegatedTo };
  }
}
