import { CancelledError, UnreachableError } from '../../transport/errors.js';

/** Whether an error says that the machine could not be reached, or not in time, and not that the run was cancelled. */
export function isOutOfReach(error: unknown, signal: AbortSignal | undefined): error is Error {
  if (error instanceof UnreachableError) return true;
  return error instanceof CancelledError && signal?.aborted !== true;
}
