import { randomInt } from 'node:crypto';
import {
  isConversation,
  type Conversation,
  type MachineRequest,
  type ModuleResult,
  type Step,
} from '../../modules/module.js';
import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import type { RawArguments } from '../../modules/read-arguments.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { splitLines, trimEnds } from '../../modules/commands/output-text.js';
import { continueWith, followPlans } from '../carry-out.js';
import { pause } from '../pause.js';
import type { MachineAccess } from '../reach/machine-access.js';
import { cleanupScript, readStatus, startScript, statusScript, type JobStatus } from './job-script.js';

type Finish = (output: RemoteOutput, machine: MachineAccess) => Promise<ModuleResult>;

/** Longest time in s that one question for a job's end stays on the machine. */
const LONGEST_WAIT_S = 20;
const ID = /^j?[\w.-]+$/;

/** What a module would send first, and what makes its result of the answer. */
async function firstRequest(
  begun: Step | Conversation,
): Promise<{ request: MachineRequest; finish: Finish } | { result: ModuleResult }> {
  if (isConversation(begun)) {
    const turn = await begun.next();
    if (turn.done === true) return { result: turn.value };
    return { request: turn.value, finish: (output, machine) => continueWith(begun, output, machine) };
  }
  if ('result' in begun) return begun;
  const plan = begun.plan.atOnce ?? begun.plan;
  return { request: plan, finish: (output, machine) => followPlans(plan.interpret(output), machine) };
}

/** How timeout(1) ends when the time is over. */
const TIMED_OUT = [124, 137];

function rawResult(output: RemoteOutput): ModuleResult {
  const [stdout, stderr] = [trimEnds(output.stdout.toString()), trimEnds(output.stderr.toString())];
  const lines = { stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) };
  const failed = output.rc !== 0;
  return {
    changed: true,
    ...(failed && { failed, msg: 'non-zero return code' }),
    returns: { rc: output.rc, stdout, stderr, ...lines },
  };
}

/** The jobs that a run has started on machines (`async`). */
export class Jobs {
  private readonly finishes = new Map<string, Finish>();
  /** When each job is ended at the latest, in ms. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** Starts what a module wants to do as a job; waits for it unless `poll` is 0. Both in s. */
  async start(
    begun: Step | Conversation,
    machine: MachineAccess,
    { seconds, poll }: { seconds: number; poll: number },
  ): Promise<ModuleResult> {
    const first = await firstRequest(begun);
    if ('result' in first) return first.result;
    const job = `j${randomInt(10 ** 11, 10 ** 12)}.${randomInt(1000, 100_000)}`;
    const { script, stdin = Buffer.alloc(0) } = first.request;
    const started = await machine.send({ script: startScript(job, script, seconds), stdin });
    if (started.rc !== 0)
      return {
        changed: false,
        failed: true,
        msg: `cannot start the job: ${started.stderr.toString().trim()}`,
      };
    this.finishes.set(job, first.finish);
    this.ends.set(job, Date.now() + seconds * 1000);
    const returns = {
      started: 1,
      finished: 0,
      ansible_job_id: job,
      results_file: `${started.stdout.toString()}/${job}`,
    };
    if (poll <= 0) return { changed: true, returns };
    return this.wait(job, machine, { seconds, poll });
  }

  /** `async_status`. */
  async status(args: RawArguments, machine: MachineAccess): Promise<ModuleResult> {
    const job = plain(pyStr(args.get('jid') ?? ''));
    if (!ID.test(job)) return { changed: false, failed: true, msg: `"${job}" is no id of a job` };
    if (plain(pyStr(args.get('mode') ?? 'status')) === 'cleanup') {
      const { rc } = await machine.send({ script: cleanupScript(job) });
      return { changed: rc === 0, returns: { ansible_job_id: job, erased: job } };
    }
    return this.resultOf(job, readStatus(await machine.send({ script: statusScript(job, 0) })), machine);
  }

  private async wait(
    job: string,
    machine: MachineAccess,
    { seconds, poll }: { seconds: number; poll: number },
  ): Promise<ModuleResult> {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const script = statusScript(job, Math.min(poll, LONGEST_WAIT_S));
      const status = readStatus(await machine.send({ script }));
      const isLate = this.isLate(job, status);
      if (status !== 'running') {
        const result = await this.resultOf(job, status, machine);
        await machine.send({ script: cleanupScript(job) });
        if (!isLate) return result;
        break;
      }
      if (Date.now() > until) break;
      await pause(0, this.signal);
    }
    const msg = `async task did not complete within the requested time - ${seconds}s`;
    return { changed: false, failed: true, msg, returns: { ansible_job_id: job, started: 1, finished: 0 } };
  }

  /** Ended because its time was over, and not by itself. */
  private isLate(job: string, status: JobStatus): boolean {
    const end = this.ends.get(job);
    const isEnded = typeof status === 'object' && TIMED_OUT.includes(status.rc);
    return isEnded && end !== undefined && Date.now() >= end;
  }

  private async resultOf(job: string, status: JobStatus, machine: MachineAccess): Promise<ModuleResult> {
    if (status === 'none')
      return {
        changed: false,
        failed: true,
        msg: 'could not find job',
        returns: { ansible_job_id: job, started: 1, finished: 1 },
      };
    if (status === 'running')
      return { changed: false, returns: { ansible_job_id: job, started: 1, finished: 0 } };
    const ids = { ansible_job_id: job, started: 1, finished: 1 };
    if (this.isLate(job, status))
      return { changed: false, failed: true, msg: 'Timeout exceeded', returns: ids };
    const finish = this.finishes.get(job);
    const result = finish === undefined ? rawResult(status) : await finish(status, machine);
    return { ...result, returns: { ...result.returns, ...ids } };
  }
}
