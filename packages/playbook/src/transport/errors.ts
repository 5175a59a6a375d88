/** Why a machine could not be used. `lost` is a connection that broke while it was in use. */
export type UnreachableCode =
  'refused' | 'timeout' | 'host-key' | 'authentication' | 'lost' | 'configuration';

/**
 * The machine cannot be reached, or must not be trusted. Counted as unreachable, never as failed
 * (Ansible 2.14: the host leaves the play, `rescue` does not catch it).
 */
export class UnreachableError extends Error {
  constructor(
    readonly code: UnreachableCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UnreachableError';
  }
}

/** The login works but another identity (sudo) is refused. A failure of the task, as in Ansible. */
export class BecomeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BecomeError';
  }
}

/** The run was cancelled through its AbortSignal. */
export class CancelledError extends Error {
  constructor(message = 'cancelled') {
    super(message);
    this.name = 'CancelledError';
  }
}
