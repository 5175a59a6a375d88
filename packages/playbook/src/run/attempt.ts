import { TemplateError } from '@tenon/jinja/errors';
import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { isTainted, omit, pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError, type ModuleResult, type Plan } from '../modules/module.js';
import type { RawArguments } from '../modules/read-arguments.js';
import type { Task } from '../parse/tree.js';
import { quote } from '../shell/quote.js';
import { BecomeError } from '../transport/errors.js';
import type { Connection, RemoteOutput } from '../transport/transport.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import type { Run } from './run.js';
import { failedResult, resultOf, type TaskResult } from './result.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', 'local']);

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

/** The user a task runs as; undefined is the login user. Variables win over keywords. */
function becomeUser({ run, task, scope }: Attempt): string | undefined {
  const become = run.flag(scope.get('ansible_become') ?? task.become, scope) ?? false;
  if (!become) return undefined;
  const user = scope.get('ansible_become_user') ?? task.becomeUser;
  const name = user === undefined || user === null ? 'root' : run.jinja.templateValue(user, scope);
  if (isStr(name) && hasTaint(name))
    throw new ModuleError('refused: tenant data would name the user to become');
  return plain(pyStr(name));
}

function environmentPrelude({ run, task, scope }: Attempt): string {
  const variables = new Map<string, string>();
  for (const written of task.environment) {
    const templated = run.jinja.templateValue(written, scope, run.origin(task.at, task.file));
    const parts = Array.isArray(templated) ? templated : [templated];
    for (const part of parts) {
      if (!(part instanceof Map)) throw new ModuleError('environment takes a dictionary');
      for (const [name, value] of part) variables.set(plain(pyStr(name)), plain(pyStr(value)));
    }
  }
  return [...variables]
    .map(([name, value]) => {
      if (!/^[A-Za-z_]\w*$/.test(name))
        throw new ModuleError(`${JSON.stringify(name)} is no name for an environment variable`);
      return `export ${name}=${quote(value)}; `;
    })
    .join('');
}

async function connectionOf({ run, task, host, scope }: Attempt): Promise<Connection> {
  const { transport, signal } = run.settings;
  if (plain(pyStr(scope.get('ansible_connection') ?? 'ssh')) === 'local') {
    throw new ModuleError(
      'refused: ansible_connection "local" would run this on the machine of the synchronizer; use ssh',
    );
  }
  if (task.delegateTo === undefined || task.delegateTo === null) {
    host.connection ??= await transport.connect(host.name, { signal });
    return host.connection;
  }
  const delegate = run.jinja.templateValue(task.delegateTo, scope);
  const name = plain(pyStr(delegate));
  if (LOCAL.has(name))
    throw new ModuleError(
      'refused: delegating to localhost would run this on the machine of the synchronizer',
    );
  const known = run.settings.hosts.some((each) => each.name === name);
  if (!known || (isStr(delegate) && hasTaint(delegate))) {
    throw new ModuleError(`cannot delegate to ${name}: only hosts of the inventory can be delegated to`);
  }
  return transport.connect(name, { signal });
}

function endedResult(
  output: RemoteOutput,
  limits: { capBytes: number; timeoutMs: number | undefined },
): ModuleResult {
  const why =
    output.ended === 'timeout'
      ? `the task was ended because it took longer than its timeout of ${(limits.timeoutMs ?? 0) / 1000} s`
      : `the task was ended because it printed more than ${limits.capBytes} bytes; the rest of its output is lost`;
  const returns = { rc: output.rc, stdout: output.stdout.toString(), stderr: output.stderr.toString() };
  return { changed: true, failed: true, msg: why, returns };
}

/** Sends plans until the module has its result. */
async function carryOut(attempt: Attempt, first: Plan): Promise<ModuleResult> {
  const { run, task, scope } = attempt;
  const connection = await connectionOf(attempt);
  const user = becomeUser(attempt);
  const environment = environmentPrelude(attempt);
  const timeoutMs = run.seconds(task.timeout, scope);
  const capBytes = run.settings.outputCapBytes;
  for (let plan = first; ;) {
    const request = {
      script: environment + plan.script,
      user,
      isolated: plan.isolated ?? false,
      ...(plan.stdin && { stdin: plan.stdin }),
    };
    const output = await connection.run(request, {
      signal: run.settings.signal,
      timeoutMs,
      outputCapBytes: capBytes,
    });
    if (output.ended !== undefined) return endedResult(output, { capBytes, timeoutMs });
    const step = plan.interpret(output);
    if ('result' in step) return step.result;
    plan = step.plan;
  }
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
    const step = await task.module.start(args, {
      jinja: run.jinja,
      scope,
      hostName: host.name,
      folder: run.settings.folder,
      origin: run.origin(task.at, task.file),
    });
    const result = 'result' in step ? step.result : await carryOut(attempt, step.plan);
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
