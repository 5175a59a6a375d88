import { HttpError } from 'react-admin';

import { toHttpError, type GraphQLProblem } from './errors.js';

/** Sends one GraphQL document to the API and gives its data. */
export type Request = <Result>(document: string, variables?: Record<string, unknown>) => Promise<Result>;

interface Reply {
  data?: unknown;
  errors?: GraphQLProblem[];
}

/**
 * Makes a {@link Request} over fetch. The session travels as a cookie.
 *
 * @throws HttpError status 0 when nobody answers, else what {@link toHttpError} makes of the API's refusal.
 */
export function createRequest(url: string, send: typeof fetch = fetch): Request {
  return async <Result>(document: string, variables: Record<string, unknown> = {}): Promise<Result> => {
    const reply = await post(send, url, { query: document, variables });
    const [problem] = reply.errors ?? [];
    if (problem) throw toHttpError(problem);
    return reply.data as Result;
  };
}

async function post(send: typeof fetch, url: string, body: object): Promise<Reply> {
  let response: Response;
  try {
    response = await send(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new HttpError('Tenon does not answer; check that it is running and that the network is up.', 0);
  }
  const reply = await readReply(response);
  if (reply === null) {
    throw new HttpError(
      `Tenon answered ${response.status} ${response.statusText}; look into its log.`,
      response.status,
    );
  }
  return reply;
}

async function readReply(response: Response): Promise<Reply | null> {
  try {
    const reply: unknown = await response.json();
    return typeof reply === 'object' && reply !== null ? reply : null;
  } catch {
    return null;
  }
}
