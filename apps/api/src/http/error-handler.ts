import { randomUUID } from 'node:crypto';

import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * Answers what a middleware threw. Express's own answer would hold the stack. A mistake of the caller (a body that is no
 * JSON, or too long) says what it is; anything else is logged with a reference, and the caller gets only that.
 */
export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status < 500) {
      response.status(status).json({ errors: [{ message: `cannot read the request: ${wordsFor(status)}` }] });
      return;
    }
    const reference = randomUUID();
    logger.error({ err: error, reference, path: request.path }, 'a request failed');
    response.status(500).json({
      errors: [
        {
          message: `cannot answer: something broke here; tell the administrator the reference ${reference}`,
          extensions: { code: 'INTERNAL_SERVER_ERROR', reference },
        },
      ],
    });
  };
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function wordsFor(status: number): string {
  if (status === 413) return 'it is too long';
  return status === 400 ? 'it is no JSON' : 'it is malformed';
}
