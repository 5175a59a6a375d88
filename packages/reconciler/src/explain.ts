import { failed, waiting } from '@tenon/service-kit/outcome';

import type { Stop } from './step.js';

const SECOND = 1000;

/** The shape of compute's DriverError; this package knows drivers by their contract only. */
interface DriverFailure extends Error {
  code: 'no-image' | 'no-space' | 'address-taken' | 'unavailable' | 'refused';
  retryable: boolean;
}

/**
 * What an exception means for the object. An engine that is away, an image that is not there yet and a full disk are things to wait
 * for, not errors of the object.
 */
export function explain(error: unknown): Stop {
  if (!isDriverFailure(error)) return failed(error instanceof Error ? error.message : String(error));
  switch (error.code) {
    case 'unavailable':
      return waiting(error.message, { retryAfterMs: 5 * SECOND });
    case 'no-image':
      return waiting(error.message, { retryAfterMs: 3 * SECOND });
    case 'no-space':
      return waiting(error.message, { retryAfterMs: 30 * SECOND });
    case 'address-taken':
    case 'refused':
      return failed(error.message);
  }
}

/** Whether a driver could not do it because an address or subnet is in use by somebody else. */
export function isAddressTaken(error: unknown): boolean {
  return isDriverFailure(error) && error.code === 'address-taken';
}

const CODES: readonly unknown[] = ['no-image', 'no-space', 'address-taken', 'unavailable', 'refused'];

function isDriverFailure(error: unknown): error is DriverFailure {
  return error instanceof Error && 'code' in error && CODES.includes(error.code);
}
