/** Another user to run as. */
export interface Become {
  readonly user: string;
  /** @default 'sudo' */
  readonly method?: 'sudo' | 'su';
  /** Answered to the prompt, never in an argv. */
  readonly password?: string;
  /** Instead of the method's own name. */
  readonly exe?: string;
  /** Words for the method. Default: what Ansible 2.14 gives it. */
  readonly flags?: string;
}

/** One script for the machine. It runs in its own subshell with a fresh directory, umask and environment. */
export interface RemoteRequest {
  /** POSIX sh text, sent over stdin; never seen in a process list. */
  readonly script: string;
  /** Given to the script as stdin, byte for byte. Not for isolated requests, which read /dev/null. */
  readonly stdin?: Buffer;
  /** Undefined: runs as the user who logged in. */
  readonly become: Become | undefined;
  /**
   * True for text that somebody else wrote, or that starts daemons: own session and process group, output
   * through pipes of its own, so that nothing it leaves running reaches a later request. Costs about 5 ms.
   */
  readonly isolated: boolean;
  /**
   * `success`: only to be run when the request before it on this connection was run and ended with 0; otherwise it
   * comes back `skipped`. So requests that build on each other share a round trip.
   */
  readonly after?: 'success';
}

/** What came back. */
export interface RemoteOutput {
  /** Exit status, 128 + n when killed by signal n. */
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Why the request was ended before its time, if it was. */
  readonly ended?: 'timeout' | 'output';
  /** It was not run (RemoteRequest.after); rc is 0 and there is no output. */
  readonly skipped?: true;
}

/** Limits of one request. */
export interface RemoteLimits {
  /** Aborting kills what the request runs (TERM, then KILL) and rejects with CancelledError. */
  readonly signal?: AbortSignal | undefined;
  /** In ms. On expiry what the request runs is killed. Default: none. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of stdout and stderr together; beyond it what the request runs is killed. */
  readonly outputCapBytes: number;
}

/** An open way to one machine. */
export interface Connection {
  /**
   * Rejects with UnreachableError, BecomeError or CancelledError; an exit status is no rejection. Requests run in the
   * order of the calls, one at a time. Called again before the answer, it sends plain requests, and one isolated one
   * behind them, at once: they share a round trip as long as they become the same user. Limits count from when a
   * request runs. A plain request that is stopped takes its shell with it; the next one gets a new shell.
   */
  run(request: RemoteRequest, limits: RemoteLimits): Promise<RemoteOutput>;
  /** Closes it; the transport makes a new one when asked for the machine again. */
  close(): void;
}

/**
 * What a play and its variables say of the way to a machine (ansible_host, ansible_port, remote_user …). A transport
 * that knows its machines by itself takes no notice.
 */
export interface ConnectionWishes {
  /** @default 'ssh' */
  readonly kind?: 'ssh' | 'local';
  readonly address?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly privateKeyFile?: string;
  /** ansible_ssh_common_args and ansible_ssh_extra_args, as they are written. */
  readonly sshArguments?: readonly string[];
  readonly hostKeyChecking?: boolean;
  readonly timeoutMs?: number;
}

/** How machines are reached. Connections stay open for the next run until close(). */
export interface Transport {
  /** Rejects with UnreachableError or CancelledError. */
  connect(
    host: string,
    options: { signal?: AbortSignal | undefined; wishes?: ConnectionWishes | undefined },
  ): Promise<Connection>;
  /** Closes every connection. */
  close(): Promise<void>;
}
