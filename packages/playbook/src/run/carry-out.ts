import {
  isConversation,
  type Conversation,
  type MachineRequest,
  type ModuleResult,
  type Step,
} from '../modules/module.js';
import { UnreachableError } from '../transport/errors.js';
import type { RemoteOutput } from '../transport/transport.js';
import type { MachineAccess } from './reach/machine-access.js';

function endedResult(output: RemoteOutput, machine: MachineAccess): ModuleResult {
  const why =
    output.ended === 'timeout'
      ? `The ${machine.action} action failed to execute in the expected time frame (${(machine.timeoutMs ?? 0) / 1000}) and was terminated`
      : `the task was ended because it printed more than ${machine.outputCapBytes} bytes; the rest of its output is lost`;
  const returns = { rc: output.rc, stdout: output.stdout.toString(), stderr: output.stderr.toString() };
  // As Ansible: a task that ran into its timeout is not counted as changed.
  return { changed: output.ended !== 'timeout', failed: true, msg: why, returns };
}

/** Sends plans until the module has its result. Rejects as MachineAccess.send. */
export async function followPlans(first: Step, machine: MachineAccess): Promise<ModuleResult> {
  for (let step = first; ;) {
    if ('result' in step) return step.result;
    const output = await machine.send(step.plan);
    if (output.ended !== undefined) return endedResult(output, machine);
    step = step.plan.interpret(output);
  }
}

/** Answers a module's requests until it returns; it may catch a lost connection and go on. */
async function converse(
  conversation: Conversation,
  machine: MachineAccess,
  first: IteratorResult<MachineRequest, ModuleResult>,
): Promise<ModuleResult> {
  for (let turn = first; ;) {
    if (turn.done === true) return turn.value;
    let output: RemoteOutput;
    try {
      output = await machine.send(turn.value);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      turn = await conversation.throw(error);
      continue;
    }
    if (output.ended !== undefined) return endedResult(output, machine);
    turn = await conversation.next(output);
  }
}

/** Goes on with a conversation whose first request has been answered. Rejects as MachineAccess.send. */
export async function continueWith(
  conversation: Conversation,
  output: RemoteOutput,
  machine: MachineAccess,
): Promise<ModuleResult> {
  return converse(conversation, machine, await conversation.next(output));
}

/** Does the machine's part of a module that has begun. Rejects as MachineAccess.send. */
export async function carryOut(begun: Step | Conversation, machine: MachineAccess): Promise<ModuleResult> {
  return isConversation(begun) ? converse(begun, machine, await begun.next()) : followPlans(begun, machine);
}
