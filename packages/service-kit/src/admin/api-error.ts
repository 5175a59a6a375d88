import { HttpError } from 'react-admin';

/** The HTTP status that an error stands for; 0 when nobody answered or when it is no error of the API. */
export function statusOf(error: unknown): number {
  const status: unknown = error instanceof HttpError ? error.status : 0;
  return typeof status === 'number' ? status : 0;
}

/** What an error says. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
