/**
 * Why a driver could not do it.
 * `no-image`: build or fetch the image first. `no-space`: the place is full. `address-taken`: an address or subnet
 * is in use. `unavailable`: the place did not answer; nothing is known. `refused`: it answered no.
 */
export type DriverErrorCode = 'no-image' | 'no-space' | 'address-taken' | 'unavailable' | 'refused';

interface DriverErrorOptions {
  /** Whether the same call can succeed later without anybody changing anything here. */
  retryable: boolean;
  cause?: unknown;
}

/** The only error a driver throws for what is not a bug. Its message is a sentence for people. */
export class DriverError extends Error {
  readonly code: DriverErrorCode;
  readonly retryable: boolean;

  constructor(code: DriverErrorCode, message: string, options: DriverErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'DriverError';
    this.code = code;
    this.retryable = options.retryable;
  }
}
