import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { ModuleError, type Machine, type MachineRequest } from '../modules/module.js';
import { quote } from '../shell/quote.js';
import type { Become, Connection, RemoteOutput } from '../transport/transport.js';
import type { Attempt } from './attempt.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', 'local']);

/** The user a task runs as; undefined is the login user. Variables win over keywords. */
function becomeOf({ run, task, scope }: Attempt): Become | undefined {
  const become = run.flag(scope.get('ansible_become') ?? task.become, scope) ?? false;
  if (!become) return undefined;
  const user = scope.get('ansible_become_user') ?? task.becomeUser;
  const name = user === undefined || user === null ? 'root' : run.jinja.templateValue(user, scope);
  if (isStr(name) && hasTaint(name))
    throw new ModuleError('refused: tenant data would name the user to become');
  return { user: plain(pyStr(name)) };
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

/** The way of one task to its machine: connects when something is to be sent. */
export class MachineAccess implements Machine {
  constructor(private readonly attempt: Attempt) {}

  /** The task's `timeout`, in ms. */
  get timeoutMs(): number | undefined {
    const { run, task, scope } = this.attempt;
    return run.seconds(task.timeout, scope);
  }

  get outputCapBytes(): number {
    return this.attempt.run.settings.outputCapBytes;
  }

  /** Rejects with UnreachableError, BecomeError, CancelledError, and ModuleError for a machine that must not be used. */
  async send({ script, stdin, isolated = false }: MachineRequest): Promise<RemoteOutput> {
    const connection = await connectionOf(this.attempt);
    const request = {
      script: environmentPrelude(this.attempt) + script,
      become: becomeOf(this.attempt),
      isolated,
      ...(stdin && { stdin }),
    };
    const { signal } = this.attempt.run.settings;
    const { timeoutMs, outputCapBytes } = this;
    return connection.run(request, { signal, timeoutMs, outputCapBytes });
  }

  async reconnect({ timeoutMs }: { timeoutMs: number }): Promise<void> {
    const { run, host } = this.attempt;
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = run.settings.signal === undefined ? limit : AbortSignal.any([run.settings.signal, limit]);
    host.connection?.close();
    host.connection = undefined;
    host.connection = await run.settings.transport.connect(host.name, { signal });
  }
}
