import { TemplateError, UndefinedError } from '@tenon/jinja/errors';
import type { Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { Loop, Task } from '../parse/tree.js';
import { UnreachableError } from '../transport/errors.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import { inConvoy } from './ahead/convoy.js';
import { itemsMayTravel } from './ahead/may-travel.js';
import type { Turn } from './ahead/turn.js';
import { attemptTask, scopeFor, type Attempt } from './attempt.js';
import { templatesOf } from './templates-of.js';
import { conditionsHold } from './conditions.js';
import { keepFound } from './found.js';
import { labelOf, loopControl, loopItems, loopVariables } from './loop.js';
import { pause } from './pause.js';
import {
  emptyLoopResult,
  failedResult,
  loopResult,
  skippedResult,
  unreachableResult,
  type TaskResult,
} from './result.js';
import { Templates } from './run.js';

const DEFAULT_RETRIES = 3;
const DEFAULT_DELAY_S = 5;

/** Listens to what happens before a task has its result. */
export interface Listener {
  /** The result of an item of a loop. */
  item(result: TaskResult, label: string): void;
  /** An attempt that `until` did not take. */
  retry(result: TaskResult, triesLeft: number): void;
}

function seenWith(task: Task, scope: LayeredScope, result: TaskResult): LayeredScope {
  return task.register === undefined ? scope : scope.with(new Map([[task.register, result.value]]));
}

/** Lets changed_when and failed_when decide; one that cannot be evaluated is a failure. */
function judge(attempt: Attempt, result: TaskResult): TaskResult {
  const { task } = attempt;
  const { value } = result;
  const seen = templatesOf({ ...attempt, scope: seenWith(task, attempt.scope, result) });
  let condition = 'changed_when_result';
  try {
    if (result.skipped) return result;
    if (task.changedWhen.length > 0) {
      result.changed = conditionsHold(seen, task.changedWhen);
      value.set('changed', result.changed);
    }
    condition = 'failed_when_result';
    if (task.failedWhen.length > 0) {
      result.failed = conditionsHold(seen, task.failedWhen);
      value.set('failed', result.failed);
      value.set('failed_when_result', result.failed);
    }
    return result;
  } catch (error) {
    if (!(error instanceof TemplateError || error instanceof ModuleError)) throw error;
    value.set(condition, error.message).set('failed', true);
    return { ...result, failed: true, message: error.message };
  }
}

async function tryOnce(attempt: Attempt): Promise<TaskResult> {
  const result = await attemptTask(attempt);
  if (attempt.turn.isFront) keepFound(attempt, result);
  return judge(attempt, result);
}

/** Tries until the condition holds; without `until` one try is all. */
async function tryTask(attempt: Attempt, listener: Listener): Promise<TaskResult> {
  const { task, scope } = attempt;
  if (task.retry === undefined) return tryOnce(attempt);
  const { retry } = task;
  const templates = templatesOf(attempt);
  const retries = Math.trunc(templates.number(retry.retries) ?? DEFAULT_RETRIES);
  const tries = retry.retries === undefined ? DEFAULT_RETRIES : Math.max(0, retries) + 1;
  const written = templates.number(retry.delay) ?? DEFAULT_DELAY_S;
  const delayMs = (written < 0 ? 1 : written) * 1000;
  for (let count = 1; ; count++) {
    const result = await tryOnce(attempt);
    result.value.set('attempts', count);
    // With a single try nobody asks whether it is enough (Ansible 2.14).
    if (tries === 1) return result;
    const seen = templatesOf({ ...attempt, scope: seenWith(task, scope, result) });
    if (conditionsHold(seen, retry.until)) return result;
    if (count >= tries) {
      result.value.set('attempts', tries - 1).set('failed', true);
      return { ...result, failed: true };
    }
    result.value.set('retries', tries);
    listener.retry(result, tries - count);
    await pause(delayMs, attempt.play.run.settings.signal);
  }
}

/** `when`, then the work; everything that the playbook does wrong becomes a failed result. */
async function doOnce(attempt: Attempt, listener: Listener): Promise<TaskResult> {
  const startedMs = Date.now();
  try {
    if (!conditionsHold(templatesOf(attempt), attempt.task.when)) return skippedResult();
    return await tryTask(attempt, listener);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ModuleError) return failedResult(error.message);
    if (error instanceof UnreachableError) return unreachableResult(error.message, Date.now() - startedMs);
    throw error;
  }
}

function warnOfShadow({ play, task, host }: Attempt, variable: string): void {
  play.run.warn(
    `TASK: ${play.taskName(task, host)}: The loop variable '${variable}' is already in use. You should set the \`loop_var\` value in the ` +
      `\`loop_control\` option for the task to something else to avoid variable collisions and unexpected behavior.`,
  );
}

async function doLoop(
  attempt: Attempt,
  loop: Loop,
  items: readonly Value[],
  listener: Listener,
): Promise<TaskResult> {
  const { play, task } = attempt;
  const control = loopControl(templatesOf(attempt), loop);
  if (attempt.scope.get(control.variable) !== undefined) warnOfShadow(attempt, control.variable);
  const results: TaskResult[] = [];
  const travels = itemsMayTravel(task) && control.pauseMs === 0;
  const pieces = items.map((item, index) => ({
    mayFollow: travels,
    mayLead: travels,
    async perform(turn: Turn) {
      play.run.checkCancelled();
      if (index > 0 && control.pauseMs > 0) await pause(control.pauseMs, play.run.settings.signal);
      const variables = loopVariables(control, items, index);
      const local = [variables, ...attempt.local];
      const scope = scopeFor(attempt, turn, local);
      const result = await doOnce({ ...attempt, turn, scope, local }, listener);
      for (const [name, value] of variables) result.value.set(name, value);
      return { result, label: labelOf(new Templates(play.surroundings(task).jinja, scope), loop, item) };
    },
    settle({ result, label }: { result: TaskResult; label: string }) {
      listener.item(result, label);
      results.push(result);
      return !result.unreachable;
    },
  }));
  await inConvoy(attempt.turn, pieces);
  return results.length > 0 ? loopResult(results) : emptyLoopResult();
}

/** An undefined list matters only when the task would run at all (Ansible 2.14). */
async function skippedAnyway(attempt: Attempt, listener: Listener): Promise<TaskResult | undefined> {
  const { task } = attempt;
  if (task.when.length === 0) return undefined;
  try {
    if (conditionsHold(templatesOf(attempt), task.when)) return undefined;
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ModuleError) return undefined;
    throw error;
  }
  return doOnce({ ...attempt, task: { ...task, loop: undefined } }, listener);
}

/** Does a task on a host, with its loop. Rejects with CancelledError only. */
export async function doTask(attempt: Attempt, listener: Listener): Promise<TaskResult> {
  const { task } = attempt;
  if (task.loop === undefined) return doOnce(attempt, listener);
  try {
    const items = loopItems(templatesOf(attempt), task.loop, task.file);
    return await doLoop(attempt, task.loop, items, listener);
  } catch (error) {
    const skipped = error instanceof UndefinedError ? await skippedAnyway(attempt, listener) : undefined;
    if (skipped !== undefined) return skipped;
    if (error instanceof TemplateError || error instanceof ModuleError) return failedResult(error.message);
    throw error;
  }
}
