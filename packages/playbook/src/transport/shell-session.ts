import { randomBytes } from 'node:crypto';
import { CancelledError, UnreachableError } from './errors.js';
import { FrameReader } from './frame-reader.js';
import type { ShellStreams } from './shell-streams.js';
import type { RemoteLimits, RemoteOutput, RemoteRequest } from './transport.js';

const SECOND = 1000;
/** From TERM to KILL, and from KILL to giving the channel up. */
const KILL_AFTER_MS = 0.75 * SECOND;
const ABANDON_AFTER_MS = 3 * SECOND;

interface Pending {
  readonly stdout: FrameReader;
  readonly stderr: FrameReader;
  readonly limits: RemoteLimits;
  ended?: 'timeout' | 'output';
  cancelled: boolean;
  /** Sent as soon as the task has begun: before that nobody is there to pass a signal on. */
  stop: 'unwanted' | 'wanted' | 'sent';
  timers: NodeJS.Timeout[];
  readonly resolve: (output: RemoteOutput) => void;
  readonly reject: (error: Error) => void;
  /** Stops listening to the caller's signal. */
  readonly release: () => void;
}

/**
 * The conversation with one persistent shell (shell-program.ts): one request at a time, each result framed by
 * a nonce that the request itself never sees.
 */
export class ShellSession {
  private pending: Pending | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private closedBecause: Error | undefined;
  /** When the last request ended, in ms since the epoch. */
  lastUsed = Date.now();

  constructor(
    private readonly streams: ShellStreams,
    /** Names the machine in error texts. */
    private readonly label: string,
  ) {
    streams.onStdout((chunk) => this.receive('stdout', chunk));
    streams.onStderr((chunk) => this.receive('stderr', chunk));
    streams.onClose(() =>
      this.close(
        new UnreachableError('lost', `lost the connection to ${label}: it closed in the middle of the run`),
      ),
    );
  }

  get closed(): boolean {
    return this.closedBecause !== undefined;
  }

  /** Runs a request after those before it. */
  run(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    const result = this.tail.then(() => this.start(request, limits));
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Ends the shell; a request in flight is rejected with `reason`. */
  close(reason: Error): void {
    if (this.closedBecause !== undefined) return;
    this.closedBecause = reason;
    this.streams.destroy();
    this.settle((pending) => pending.reject(pending.cancelled ? new CancelledError() : reason));
  }

  private start(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    if (this.closedBecause !== undefined) return Promise.reject(this.closedBecause);
    if (limits.signal?.aborted === true) return Promise.reject(new CancelledError());
    const nonce = randomBytes(16).toString('hex');
    return new Promise((resolve, reject) => {
      const abort = () => {
        if (this.pending !== undefined) this.pending.cancelled = true;
        this.stop();
      };
      this.pending = {
        stdout: new FrameReader(nonce, limits.outputCapBytes),
        stderr: new FrameReader(nonce, limits.outputCapBytes),
        limits,
        cancelled: false,
        stop: 'unwanted',
        timers: [],
        resolve,
        reject,
        release: () => limits.signal?.removeEventListener('abort', abort),
      };
      limits.signal?.addEventListener('abort', abort, { once: true });
      if (limits.timeoutMs !== undefined) this.after(limits.timeoutMs, () => this.end('timeout'));
      this.streams.write(encode(nonce, request));
    });
  }

  private receive(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    const { pending } = this;
    if (pending === undefined) return;
    pending[stream].push(chunk);
    this.stopBegun(pending);
    if (pending.stdout.seen + pending.stderr.seen > pending.limits.outputCapBytes) this.end('output');
    if (pending.stdout.finished && pending.stderr.finished) this.finish(pending);
  }

  private finish(pending: Pending): void {
    this.streams.write(Buffer.from('done\n'));
    this.settle(({ resolve, reject, stdout, stderr, ended, cancelled }) => {
      if (cancelled) reject(new CancelledError());
      else
        resolve({
          rc: stdout.rc ?? 137,
          stdout: stdout.content,
          stderr: stderr.content,
          ...(ended && { ended }),
        });
    }, pending);
  }

  private end(reason: 'timeout' | 'output'): void {
    if (this.pending === undefined || this.pending.ended !== undefined) return;
    this.pending.ended = reason;
    this.stop();
  }

  /** TERM, then KILL, then the channel itself: a machine that does not answer must not hold the run. */
  private stop(): void {
    if (this.pending?.stop !== 'unwanted') return;
    this.pending.stop = 'wanted';
    this.stopBegun(this.pending);
    const why = `cannot stop the command on ${this.label}: no answer after ${ABANDON_AFTER_MS / SECOND} s`;
    this.after(ABANDON_AFTER_MS, () => this.close(new UnreachableError('timeout', why)));
  }

  private stopBegun(pending: Pending): void {
    if (pending.stop !== 'wanted' || !pending.stdout.begun) return;
    pending.stop = 'sent';
    this.streams.write(Buffer.from('stop\n'));
    this.after(KILL_AFTER_MS, () => this.streams.write(Buffer.from('kill\n')));
  }

  private after(ms: number, act: () => void): void {
    this.pending?.timers.push(setTimeout(act, ms));
  }

  private settle(act: (pending: Pending) => void, pending = this.pending): void {
    if (pending === undefined) return;
    this.pending = undefined;
    this.lastUsed = Date.now();
    pending.timers.forEach(clearTimeout);
    pending.release();
    act(pending);
  }
}

function encode(nonce: string, request: RemoteRequest): Buffer {
  const script = Buffer.from(request.script);
  const content = request.stdin ?? Buffer.alloc(0);
  if (request.isolated) return Buffer.concat([Buffer.from(`isolated ${nonce} ${script.length}\n`), script]);
  return Buffer.concat([Buffer.from(`plain ${nonce} ${script.length} ${content.length}\n`), script, content]);
}
