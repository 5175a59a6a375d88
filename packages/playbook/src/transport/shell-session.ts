import { CancelledError, UnreachableError } from './errors.js';
import { NotBegunError, RequestInFlight } from './request-in-flight.js';
import type { ShellStreams } from './shell-streams.js';
import type { RemoteLimits, RemoteOutput, RemoteRequest } from './transport.js';

const SECOND = 1000;
/** From TERM to KILL, and from KILL to giving the channel up. */
const KILL_AFTER_MS = 0.75 * SECOND;
const ABANDON_AFTER_MS = 3 * SECOND;

/**
 * The conversation with one persistent shell (shell-program.ts), each result framed by a nonce that the request itself
 * never sees. Requests are sent ahead as long as the shell still hears `stop`: behind plain ones, not behind an
 * isolated one.
 */
export class ShellSession {
  private readonly waiting: RequestInFlight[] = [];
  private readonly sent: RequestInFlight[] = [];
  private closedBecause: Error | undefined;
  /** Of the last request that was run. */
  private lastRc = 0;

  constructor(
    private readonly streams: ShellStreams,
    /** Names the machine in error texts. */
    private readonly label: string,
    /** Ends the shell and what it runs from outside; it cannot hear us while it runs a plain script. */
    private readonly endFromOutside: () => void,
  ) {
    streams.onStdout((chunk) => this.receive('stdout', chunk));
    streams.onStderr((chunk) => this.receive('stderr', chunk));
    streams.onClose(() => this.hasEnded());
  }

  get closed(): boolean {
    return this.closedBecause !== undefined;
  }

  /** Runs a request after those before it. Also rejects with NotBegunError. */
  run(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput> {
    if (this.closedBecause !== undefined) return Promise.reject(this.closedBecause);
    if (limits.signal?.aborted === true) return Promise.reject(new CancelledError());
    return new Promise((resolve, reject) => {
      const onAbort = (aborted: RequestInFlight) => this.cancel(aborted);
      this.waiting.push(new RequestInFlight(request, limits, { resolve, reject }, onAbort));
      this.sendWhatMay();
    });
  }

  /** Ends the shell; the requests in flight are rejected with `reason`. */
  close(reason: Error): void {
    if (this.closedBecause !== undefined) return;
    this.closedBecause = reason;
    this.streams.destroy();
    for (const request of [...this.sent.splice(0), ...this.waiting.splice(0)]) request.fail(reason);
  }

  private sendWhatMay(): void {
    while (this.sent.at(-1)?.isolated !== true) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      const first = this.sent.length === 0;
      if (first && next.dependent && this.lastRc !== 0) {
        next.skip();
        continue;
      }
      this.sent.push(next);
      this.streams.write(next.encode(!first));
      if (first) this.startClock(next);
    }
  }

  /** From now on this is what the shell runs. */
  private startClock(request: RequestInFlight): void {
    const { timeoutMs } = request.limits;
    if (timeoutMs !== undefined) request.after(timeoutMs, () => this.end(request, 'timeout'));
    if (request.cancelled) this.stop(request);
  }

  private receive(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    let rest = chunk;
    for (const request of this.sent) {
      if (request[stream].finished) continue;
      rest = request[stream].push(rest);
      if (rest.length === 0) break;
    }
    this.advance();
  }

  private advance(): void {
    for (let head = this.sent[0]; head?.finished === true; head = this.sent[0]) {
      this.sent.shift();
      if (head.isolated) this.streams.write(Buffer.from('done\n'));
      this.lastRc = head.finish() ?? this.lastRc;
      if (this.sent[0] !== undefined) this.startClock(this.sent[0]);
    }
    const [head] = this.sent;
    if (head?.tooLong === true) this.end(head, 'output');
    if (head !== undefined) this.stopBegun(head);
    this.sendWhatMay();
  }

  private cancel(request: RequestInFlight): void {
    const place = this.waiting.indexOf(request);
    if (request === this.sent[0]) this.stop(request);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    request.fail(new CancelledError());
    // What was to follow its success cannot any more.
    while (this.waiting[place]?.dependent === true) this.waiting.splice(place, 1)[0]?.skip();
  }

  private end(request: RequestInFlight, reason: 'timeout' | 'output'): void {
    if (request.ended !== undefined) return;
    request.ended = reason;
    this.stop(request);
  }

  /** TERM, then KILL, then the channel itself: a machine that does not answer must not hold the run. */
  private stop(request: RequestInFlight): void {
    if (request.stop !== 'unwanted') return;
    request.stop = 'wanted';
    this.stopBegun(request);
    const why = `cannot stop the command on ${this.label}: no answer after ${ABANDON_AFTER_MS / SECOND} s`;
    request.after(ABANDON_AFTER_MS, () => this.close(new UnreachableError('timeout', why)));
  }

  private stopBegun(request: RequestInFlight): void {
    if (request.stop !== 'wanted' || !request.stdout.begun) return;
    request.stop = 'sent';
    if (request.isolated) {
      this.streams.write(Buffer.from('stop\n'));
      request.after(KILL_AFTER_MS, () => this.streams.write(Buffer.from('kill\n')));
    } else {
      this.endFromOutside();
    }
  }

  /** The channel closed. When that was our doing, what had not begun may go to another shell. */
  private hasEnded(): void {
    const text = `lost the connection to ${this.label}: it closed in the middle of the run`;
    const [head] = this.sent;
    if (head === undefined || head.stop !== 'sent' || head.isolated) {
      this.close(new UnreachableError('lost', text));
      return;
    }
    this.sent.shift();
    head.stdout.cut();
    head.stderr.cut();
    head.finish();
    let follows = true;
    for (const request of [...this.sent.splice(0), ...this.waiting.splice(0)]) {
      follows &&= request.dependent;
      if (follows) request.skip();
      else request.fail(request.begun ? new UnreachableError('lost', text) : new NotBegunError(text));
    }
    this.close(new UnreachableError('lost', text));
  }
}
