import { TemplateError } from '@tenon/jinja/errors';
import { plain } from '@tenon/jinja/text';
import { isTainted, omit, pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { RawArguments } from '../modules/read-arguments.js';
import type { Task } from '../parse/tree.js';
import { BecomeError } from '../transport/errors.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import { carryOut } from './carry-out.js';
import { MachineAccess } from './machine-access.js';
import type { Run } from './run.js';
import { failedResult, resultOf, type TaskResult } from './result.js';

/** One task on one host at one moment: everything that has to be known to do it. */
export interface Attempt {
  readonly run: Run;
  readonly task: Task;
  readonly host: Host;
  readonly scope: LayeredScope;
}

function templateArguments({ run, task, scope }: Attempt): RawArguments {
  const origin = run.origin(task.at, task.file);
  const template = (value: Value) => run.jinja.templateValue(value, scope, origin);
  const args = new Map<string, Value>();
  const more = task.moreArgs === undefined ? null : template(task.moreArgs);
  if (more instanceof Map) for (const [name, value] of more) args.set(plain(pyStr(name)), value);
  for (const [name, value] of task.args) args.set(name, template(value));
  return new Map([...args].filter(([, value]) => value !== omit));
}

/**
 * Does a task once. What the task or the playbook does wrong is a failed result; rejects with UnreachableError,
 * CancelledError and our own bugs.
 */
export async function attemptTask(attempt: Attempt): Promise<TaskResult> {
  const { run, task, scope, host } = attempt;
  const startedMs = Date.now();
  try {
    const args = templateArguments(attempt);
    const machine = new MachineAccess(attempt);
    const begun = await task.module.start(args, {
      jinja: run.jinja,
      scope,
      hostName: host.name,
      folder: run.settings.folder,
      checkMode: run.settings.checkMode,
      diffMode: run.settings.diffMode,
      controller: run.settings.controller,
      machine,
      signal: run.settings.signal,
      origin: run.origin(task.at, task.file),
    });
    const result = await carryOut(begun, machine);
    for (const [name, value] of result.facts ?? []) host.assigned.set(name, value);
    for (const [name, value] of result.gathered ?? []) host.facts.set(name, value);
    return resultOf(result, Date.now() - startedMs, [...args.values()].some(isTainted));
  } catch (error) {
    const isTaskFault =
      error instanceof TemplateError || error instanceof ModuleError || error instanceof BecomeError;
    if (!isTaskFault) throw error;
    return failedResult(error.message, Date.now() - startedMs);
  }
}
