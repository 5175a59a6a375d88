import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { ModuleError, type Machine, type MachineRequest } from '../../modules/module.js';
import { quote } from '../../shell/quote.js';
import { UnreachableError } from '../../transport/errors.js';
import type { RemoteOutput } from '../../transport/transport.js';
import type { Attempt } from '../attempt.js';
import { templatesOf } from '../templates-of.js';
import { originOf } from '../run.js';
import { becomeOf } from './become.js';
import { connect, disconnect, forgetIfLost, refuseStrangers } from './connect.js';
import type { Doer } from './doer.js';
import { wishesOf } from './wishes.js';

function environmentPrelude(attempt: Attempt): string {
  const { task } = attempt;
  const templates = templatesOf(attempt);
  const variables = new Map<string, string>();
  for (const written of task.environment) {
    const templated = templates.value(written, originOf(task.at, task.file));
    for (const part of Array.isArray(templated) ? templated : [templated]) {
      if (part === null || part === '') continue;
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

/** The way of one task to its machine: connects when something is to be sent. */
export class MachineAccess implements Machine {
  /** The task's `timeout`, in ms. */
  readonly timeoutMs: number | undefined;

  constructor(
    private readonly attempt: Attempt,
    private readonly doer: Doer,
  ) {
    this.timeoutMs = templatesOf(attempt).milliseconds(attempt.task.keywords.timeout);
  }

  get action(): string {
    return this.attempt.task.action;
  }

  get outputCapBytes(): number {
    return this.attempt.play.run.settings.outputCapBytes;
  }

  /** Rejects with UnreachableError, BecomeError, CancelledError, and ModuleError for a machine that must not be used. */
  async send({ script, stdin, isolated = false }: MachineRequest): Promise<RemoteOutput> {
    const { attempt, doer, timeoutMs, outputCapBytes } = this;
    const { signal } = attempt.play.run.settings;
    const request = {
      script: environmentPrelude(attempt) + script,
      become: becomeOf(attempt, doer),
      isolated,
      ...(stdin && { stdin }),
    };
    const connection = await connect(attempt, doer);
    const limits = { signal, timeoutMs, outputCapBytes };
    return forgetIfLost(doer, () => attempt.turn.send({ connection, request, limits }));
  }

  async reconnect({ timeoutMs }: { timeoutMs: number }): Promise<void> {
    const { attempt, doer } = this;
    const { transport, signal } = attempt.play.run.settings;
    refuseStrangers(attempt, doer);
    const limit = AbortSignal.timeout(timeoutMs);
    await disconnect(doer);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const connection = await transport
      .connect(doer.host.name, { signal: both, wishes: wishesOf(attempt, doer) })
      .catch((error: unknown) => {
        if (!limit.aborted || signal?.aborted === true) throw error;
        const why = `cannot reach ${doer.host.name}: no connection within ${timeoutMs / 1000} s`;
        throw new UnreachableError('timeout', why, { cause: error });
      });
    doer.host.connections.set(JSON.stringify(wishesOf(attempt, doer)), Promise.resolve(connection));
  }
}
