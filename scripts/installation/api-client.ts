import { setTimeout as sleep } from 'node:timers/promises';

/** An answer with errors; the codes are the api's own (UNAUTHENTICATED, BAD_USER_INPUT …). */
class ApiError extends Error {
  readonly codes: string[];

  constructor(message: string, codes: string[]) {
    super(message);
    this.codes = codes;
  }
}

interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string; fields?: Record<string, string[]> } }[];
}

/** A session with the public GraphQL API, as any program of a user would have it. */
export class ApiClient {
  readonly url: string;
  #cookie: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** The session's cookie as a header, for a WebSocket. */
  get headers(): Record<string, string> {
    return { origin: this.url, ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }) };
  }

  /** Asks one question and returns one field of the answer's data. Throws ApiError on errors in the answer. */
  async ask<T>(field: string, query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    const text = await response.text();
    const answer = parseAnswer(text, response.status);
    if (answer.errors) {
      const messages = answer.errors.map(
        ({ message, extensions }) =>
          `${message}${extensions?.fields === undefined ? '' : ` ${JSON.stringify(extensions.fields)}`}`,
      );
      throw new ApiError(
        messages.join('; '),
        answer.errors.map((error) => error.extensions?.code ?? ''),
      );
    }
    return answer.data?.[field] as T;
  }

  /** Logs in; the following questions are asked as this user. */
  async login(email: string, password: string): Promise<void> {
    await this.ask(
      'login',
      'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { email } }',
      { email, password },
    );
  }
}

function parseAnswer(text: string, status: number): GraphqlAnswer {
  try {
    return JSON.parse(text) as GraphqlAnswer;
  } catch (cause) {
    throw new Error(`cannot understand the api: it answered ${status} with ${text.slice(0, 200)}`, { cause });
  }
}

/** Resolves when a GET of the URL (redirects followed) answers 200. Throws after `timeoutMs`. */
export async function untilServed(url: string, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const status = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    if (performance.now() > end)
      throw new Error(
        `cannot reach ${url} within ${timeoutMs / 1000} s: its last answer was ${status || 'none'}`,
      );
    await sleep(50);
  }
}
