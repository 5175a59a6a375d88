import { DriverError } from '../driver-error.js';

const NO_ANSWER =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EACCES|EPERM|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

// The same refusal has another status in Docker (403, 409) and in Podman (500), so the text decides.
const ADDRESS_TAKEN =
  /address already in use|pool overlaps|already used on the host|already allocated|subnet .* (is )?already|overlaps/i;
const NO_SPACE = /no space left on device|disk quota exceeded/i;
const NO_IMAGE = /no such image|image not known|image .* not found/i;

/** The engine's error as ours. `what` completes "cannot …", e.g. `create machine mysite_test-1`. */
export function driverError(what: string, error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  const why = engineMessage(error);
  if (hasNoAnswer(error)) {
    return new DriverError(
      'unavailable',
      `cannot ${what}: the container engine does not answer (${why}); start it, this is tried again`,
      { retryable: true, cause: error },
    );
  }
  if (NO_SPACE.test(why)) {
    return new DriverError(
      'no-space',
      `cannot ${what}: the engine's disk is full (${why}); free some space`,
      { retryable: true, cause: error },
    );
  }
  if (NO_IMAGE.test(why)) {
    return new DriverError('no-image', `cannot ${what}: ${why}; it is built again in the background`, {
      retryable: true,
      cause: error,
    });
  }
  if (ADDRESS_TAKEN.test(why)) {
    return new DriverError('address-taken', `cannot ${what}: ${why}; use another address`, {
      retryable: true,
      cause: error,
    });
  }
  // 400 is a specification the engine cannot take; the rest (409, 5xx) may pass.
  return new DriverError('refused', `cannot ${what}: the engine refused: ${why}`, {
    retryable: statusOf(error) !== 400,
    cause: error,
  });
}

/** Runs an engine call; whatever it throws comes out as a `DriverError` (an abort as it is). */
export async function asking<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw driverError(what, error);
  }
}

/** Like `asking`, with `otherwise` as the answer when the engine knows no such thing (404). */
export async function askingFor<T, N>(what: string, otherwise: N, call: () => Promise<T>): Promise<T | N> {
  return asking(what, async () => {
    try {
      return await call();
    } catch (error) {
      if (statusOf(error) === 404) return otherwise;
      throw error;
    }
  });
}

/** HTTP status of an engine's refusal, or undefined when the error is something else. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function hasNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return NO_ANSWER.test(code) || error.message === 'socket hang up';
}

/** What the engine said, without dockerode's "(HTTP code 500) server error - ". */
export function engineMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}
