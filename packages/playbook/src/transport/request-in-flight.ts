import { randomBytes } from 'node:crypto';
import { CancelledError } from './errors.js';
import { FrameReader } from './frame-reader.js';
import { SKIPPED_RC } from './shell-program.js';
import type { RemoteLimits, RemoteOutput, RemoteRequest } from './transport.js';

const KILLED_RC = 137;
const NOTHING = Buffer.alloc(0);
const NEWLINE = Buffer.from('\n');
/** Up to here the shell reads a script line by line sooner than it starts a process that reads it at once. */
const LINES_BYTES = 4096;

/** What a request that was not to be run comes back with. */
export const SKIPPED: RemoteOutput = { rc: 0, stdout: NOTHING, stderr: NOTHING, skipped: true };

/** A request that no shell has begun; another shell may be asked. */
export class NotBegunError extends Error {}

/** One request of a shell, from the call to its answer. */
export class RequestInFlight {
  readonly stdout: FrameReader;
  readonly stderr: FrameReader;
  ended?: 'timeout' | 'output';
  /** Sent as soon as the task has begun: before that nobody is there to pass a signal on. */
  stop: 'unwanted' | 'wanted' | 'sent' = 'unwanted';
  private readonly nonce = randomBytes(16).toString('hex');
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly release: () => void;

  constructor(
    private readonly request: RemoteRequest,
    readonly limits: RemoteLimits,
    private readonly promise: { resolve: (output: RemoteOutput) => void; reject: (error: Error) => void },
    onAbort: (request: RequestInFlight) => void,
  ) {
    this.stdout = new FrameReader(this.nonce, limits.outputCapBytes);
    this.stderr = new FrameReader(this.nonce, limits.outputCapBytes);
    const abort = () => onAbort(this);
    limits.signal?.addEventListener('abort', abort, { once: true });
    this.release = () => limits.signal?.removeEventListener('abort', abort);
  }

  get cancelled(): boolean {
    return this.limits.signal?.aborted === true;
  }

  get isolated(): boolean {
    return this.request.isolated;
  }

  /** Not to be run behind a failure. */
  get dependent(): boolean {
    return this.request.after === 'success';
  }

  get begun(): boolean {
    return this.stdout.begun || this.stderr.begun;
  }

  get finished(): boolean {
    return this.stdout.finished && this.stderr.finished;
  }

  get tooLong(): boolean {
    return this.stdout.seen + this.stderr.seen > this.limits.outputCapBytes;
  }

  /** For the shell; `chained`: a request is still before it there, whose status it may depend on. */
  encode(chained: boolean): Buffer {
    const script = Buffer.from(this.request.script);
    const content = this.request.stdin ?? NOTHING;
    const when = chained && this.dependent ? 'success' : 'always';
    const inLines = script.length <= LINES_BYTES;
    const size = inLines ? `${this.request.script.split('\n').length} 0` : `0 ${script.length}`;
    const head = `${this.nonce} ${when} ${size}`;
    if (this.isolated) return Buffer.concat([Buffer.from(`isolated ${head}\n`), script, NEWLINE]);
    return Buffer.concat([Buffer.from(`plain ${head} ${content.length}\n`), script, NEWLINE, content]);
  }

  /** Acts after `ms`, unless the request is answered before. */
  after(ms: number, act: () => void): void {
    this.timers.push(setTimeout(act, ms));
  }

  /** Answers with what came back; gives the status for the requests that depend on it, undefined if it was skipped. */
  finish(): number | undefined {
    const { stdout, stderr, ended } = this;
    const rc = stdout.rc ?? KILLED_RC;
    if (this.cancelled) this.fail(new CancelledError());
    else if (rc === SKIPPED_RC) this.skip();
    else
      this.settle(() =>
        this.promise.resolve({
          rc,
          stdout: stdout.content,
          stderr: stderr.content,
          ...(ended && { ended }),
        }),
      );
    if (this.cancelled || ended !== undefined) return KILLED_RC;
    return rc === SKIPPED_RC ? undefined : rc;
  }

  skip(): void {
    if (this.cancelled) this.fail(new CancelledError());
    else this.settle(() => this.promise.resolve(SKIPPED));
  }

  fail(reason: Error): void {
    this.settle(() => this.promise.reject(this.cancelled ? new CancelledError() : reason));
  }

  private settle(act: () => void): void {
    this.timers.forEach(clearTimeout);
    this.release();
    act();
  }
}
