import { randomBytes } from 'node:crypto';
import { entranceOf, type Entrance } from './become.js';
import { BecomeError, UnreachableError } from './errors.js';
import { endShellScript, shellCommand, shellProgram } from './shell-program.js';
import { ShellSession } from './shell-session.js';
import type { ShellStreams } from './shell-streams.js';
import type { Become } from './transport.js';

const SECOND = 1000;
const COMPLAINT_LENGTH = 500;
const END_LIMITS = { outputCapBytes: 0 };

/** Where a shell is started. */
export interface ShellPlace {
  exec(command: string): Promise<ShellStreams>;
  /** Names the machine in error texts. */
  readonly label: string;
  /** How long a shell may take to start, in ms; Ansible waits 2 s longer for sudo than for the connection. */
  readonly startTimeoutMs: number;
}

function random(): string {
  return randomBytes(16).toString('hex');
}

/** The way from a started command to the listening shell: who asks for a password gets it, once. */
class Arrival {
  private readonly ready = random();
  private readonly started = random();
  private readonly program = shellProgram(this.ready);
  private readonly entrance: Entrance;
  private streams: ShellStreams | undefined;
  private printed = '';
  private said = '';
  private answered = false;
  private programSent = false;

  constructor(
    private readonly place: ShellPlace,
    private readonly become: Become | undefined,
  ) {
    this.entrance = entranceOf(become, shellCommand(this.program, this.started), random());
  }

  /** Gives the streams and the shell's process number. */
  async wait(): Promise<{ streams: ShellStreams; processNumber: number }> {
    const streams = await this.place.exec(this.entrance.command);
    this.streams = streams;
    if (this.entrance.silent) this.sendProgram();
    return new Promise((resolve, reject) => {
      const settle = (outcome: number | Error) => {
        clearTimeout(timer);
        if (typeof outcome === 'number') {
          resolve({ streams, processNumber: outcome });
        } else {
          streams.destroy();
          reject(outcome);
        }
      };
      const timer = setTimeout(() => settle(this.tooSlow()), this.place.startTimeoutMs);
      const judge = () => {
        const outcome = this.judge();
        if (outcome !== undefined) settle(outcome);
      };
      streams.onStdout((chunk) => {
        this.printed = (this.printed + chunk.toString('latin1')).slice(-COMPLAINT_LENGTH);
        judge();
      });
      streams.onStderr((chunk) => {
        this.said = (this.said + chunk.toString()).slice(-COMPLAINT_LENGTH);
        judge();
      });
      streams.onClose(() => settle(this.refusal()));
    });
  }

  /** The process number when the shell listens, an error when that is hopeless. */
  private judge(): number | Error | undefined {
    // What a login script prints comes first.
    const ready = new RegExp(`${this.ready}(\\d+)\n`).exec(this.printed);
    if (ready !== null) return Number(ready[1]);
    if (!this.programSent && this.printed.includes(this.started)) this.sendProgram();
    const { prompt, refused, missing } = this.entrance;
    if (refused.test(this.said)) return this.wrongPassword('Incorrect');
    if (missing.test(this.said)) return this.wrongPassword('Missing');
    return prompt.test(this.said) ? this.answer() : undefined;
  }

  private answer(): Error | undefined {
    const password = this.become?.password;
    if (password === undefined) return this.wrongPassword('Missing');
    if (this.answered) return this.wrongPassword('Incorrect');
    this.answered = true;
    this.said = '';
    this.streams?.write(Buffer.from(`${password}\n`));
    return undefined;
  }

  private sendProgram(): void {
    this.programSent = true;
    this.streams?.write(Buffer.from(this.program));
  }

  private wrongPassword(how: 'Incorrect' | 'Missing'): BecomeError {
    return new BecomeError(`${how} ${this.become?.method ?? 'sudo'} password`);
  }

  private tooSlow(): Error {
    const seconds = Math.round(this.place.startTimeoutMs / SECOND);
    if (this.become !== undefined) {
      const text = `Timeout (${seconds}s) waiting for privilege escalation prompt: ${this.complaint()}`;
      return new BecomeError(text.trimEnd());
    }
    const why = `no shell started within ${seconds} s; is the machine overloaded?`;
    return new UnreachableError('timeout', `cannot use ${this.place.label}: ${why}`);
  }

  private refusal(): Error {
    const why = this.complaint() || 'the shell ended at once';
    if (this.become !== undefined)
      return new BecomeError(`cannot become ${this.become.user} at ${this.place.label}: ${why}`);
    return new UnreachableError('refused', `cannot use ${this.place.label}: no shell started: ${why}`);
  }

  private complaint(): string {
    return this.said.trim() || this.printed.replace(this.started, '').trim();
  }
}

/**
 * Starts the shell program as a user (undefined: who logged in). Rejects with BecomeError, in Ansible's words when it is
 * about the password, or with UnreachableError when even the login user gets no shell.
 */
export async function startShell(place: ShellPlace, become: Become | undefined): Promise<ShellSession> {
  if (become?.password?.includes('\n') === true) {
    throw new BecomeError(
      `cannot become ${become.user} at ${place.label}: the password has more than one line`,
    );
  }
  const { streams, processNumber } = await new Arrival(place, become).wait();
  const end = async () => {
    const other = await startShell(place, become);
    const request = { script: endShellScript(processNumber), isolated: false, become: undefined };
    await other.run(request, END_LIMITS).finally(() => other.close(new Error('no longer needed')));
  };
  // Failing, it leaves the shell to the session, which gives the channel up.
  return new ShellSession(streams, place.label, () => void end().catch(() => undefined));
}
