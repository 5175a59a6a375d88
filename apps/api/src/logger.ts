import type { Logger } from 'pino';
import { pino } from 'pino';

/**
 * The program's log: one JSON object a line, on stdout.
 *
 * Of an error only its name, code, text and stack are written. The database's errors carry more, such as `detail` with the
 * whole row that was refused, password hash and all.
 */
export function createLogger(program: string, level: string): Logger {
  return pino({ level, base: { app: program }, serializers: { err: describeError } });
}

/** What of an error may be written down. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  const code: unknown = Reflect.get(error, 'code');
  return { name, code, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}
