import { TemplateError, UndefinedError } from '@tenon/jinja/errors';
import { plain } from '@tenon/jinja/text';
import { Dict } from '@tenon/jinja/dict';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { Loop, Task } from '../parse/tree.js';
import { UnreachableError } from '../transport/errors.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import { attemptTask, type Attempt } from './attempt.js';
import { conditionsHold } from './conditions.js';
import type { Host } from './host.js';
import { loopItems, loopVariables } from './loop.js';
import { pause } from './pause.js';
import { failedResult, loopResult, skippedResult, unreachableResult, type TaskResult } from './result.js';
import type { Run } from './run.js';

const DEFAULT_RETRIES = 3;
const DEFAULT_DELAY_MS = 5000;

/** Lets changed_when and failed_when decide. */
function judge(run: Run, task: Task, result: TaskResult, scope: LayeredScope): TaskResult {
  const { value } = result;
  const seen = task.register === undefined ? scope : scope.with(new Map([[task.register, value]]));
  try {
    if (task.failedWhen.length > 0) {
      result.failed = conditionsHold(run, task.failedWhen, seen, task.file);
      value.set('failed', result.failed);
      value.set('failed_when_result', result.failed);
    }
    if (task.changedWhen.length > 0) {
      result.changed = conditionsHold(run, task.changedWhen, seen, task.file);
      value.set('changed', result.changed);
    }
    return result;
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ModuleError)
      return failedResult(error.message, result.durationMs);
    throw error;
  }
}

/** Tries until the condition holds; without `until` one success is enough. */
async function tryTask(attempt: Attempt): Promise<TaskResult> {
  const { run, task, scope } = attempt;
  const once = async () => judge(run, task, await attemptTask(attempt), scope);
  if (task.retry === undefined) return once();
  const { retry } = task;
  const written =
    retry.retries === undefined
      ? DEFAULT_RETRIES
      : Number(plain(pyStr(run.jinja.templateValue(retry.retries, scope))));
  const tries = retry.retries === undefined ? DEFAULT_RETRIES : Math.max(0, written) + 1;
  const delayMs = run.seconds(retry.delay, scope) ?? (retry.delay === undefined ? DEFAULT_DELAY_MS : 0);
  for (let count = 1; ; count++) {
    const result = await once();
    const seen = task.register === undefined ? scope : scope.with(new Map([[task.register, result.value]]));
    const satisfied =
      retry.until.length === 0 ? !result.failed : conditionsHold(run, retry.until, seen, task.file);
    result.value.set('attempts', count);
    if (satisfied) return result;
    if (count >= tries) {
      result.failed = true;
      result.value.set('failed', true);
      return result;
    }
    await pause(delayMs, run.settings.signal);
  }
}

/** `when`, then the work; everything that the playbook does wrong becomes a failed result. */
async function doOnce(attempt: Attempt): Promise<TaskResult> {
  const { run, task, scope } = attempt;
  const startedMs = Date.now();
  try {
    if (!conditionsHold(run, task.when, scope, task.file)) return skippedResult();
    return await tryTask(attempt);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ModuleError) return failedResult(error.message);
    if (error instanceof UnreachableError) return unreachableResult(error.message, Date.now() - startedMs);
    throw error;
  }
}

function labelOf(run: Run, loop: Loop, item: Value, scope: LayeredScope): string {
  if (loop.label === undefined) return plain(pyStr(item));
  return run.nameOf(loop.label, scope) ?? '';
}

async function doLoop(
  attempt: Attempt,
  loop: Loop,
  items: readonly Value[],
  each: OnItem,
): Promise<TaskResult> {
  const results: TaskResult[] = [];
  const pauseMs = attempt.run.seconds(loop.pause, attempt.scope) ?? 0;
  for (const [index, item] of items.entries()) {
    attempt.run.checkCancelled();
    if (index > 0 && pauseMs > 0) await pause(pauseMs, attempt.run.settings.signal);
    const scope = attempt.scope.with(loopVariables(loop, items, index));
    const result = await doOnce({ ...attempt, scope });
    result.value.set(loop.variable, item);
    result.value.set('ansible_loop_var', loop.variable);
    if (loop.indexVariable !== undefined) result.value.set(loop.indexVariable, index);
    each(result, labelOf(attempt.run, loop, item, scope));
    results.push(result);
    if (result.unreachable) break;
  }
  if (results.length > 0) return loopResult(results);
  const skipped = skippedResult();
  skipped.value = new Dict([
    ['changed', false],
    ['skipped', true],
    ['skipped_reason', 'No items in the list'],
    ['results', []],
  ]);
  return skipped;
}

/** Called with the result of every item of a loop. */
export type OnItem = (result: TaskResult, label: string) => void;

/** Does a task on a host, with its loop. Rejects with CancelledError only. */
export async function doTask(
  attempt: { run: Run; task: Task; host: Host; scope: LayeredScope },
  onItem: OnItem,
): Promise<TaskResult> {
  const { run, task, scope } = attempt;
  if (task.loop === undefined) return doOnce(attempt);
  try {
    return await doLoop(attempt, task.loop, loopItems(run, task.loop, scope, task.file), onItem);
  } catch (error) {
    // An undefined list matters only when the task would run at all (Ansible 2.14).
    if (error instanceof UndefinedError && task.when.length > 0) {
      const skipped = await doOnce({ ...attempt, task: { ...task, loop: undefined } }).catch(() => undefined);
      if (skipped?.skipped === true) return skipped;
    }
    if (error instanceof TemplateError || error instanceof ModuleError) return failedResult(error.message);
    throw error;
  }
}
