import { createClient } from 'graphql-ws';
import type { CloseEvent } from 'ws';
import { WebSocket } from 'ws';

/** A GraphQL error as the wire has it. */
export interface WireError {
  message: string;
  extensions: { code: string; fields?: Record<string, string[]>; reference?: string };
}

/** An answer as the wire has it. */
export interface Answer<Data> {
  data: Data | null;
  errors?: WireError[];
}

/** Events of a subscription, as they come. */
export interface Subscribed<Event> {
  events: Event[];
  errors: { message: string }[];
  /** Why the socket closed, once it did. */
  closed: Promise<{ code: number; reason: string }>;
  stop: () => Promise<void>;
}

/** Somebody who uses the api by HTTP and WebSocket, with the cookies a browser would keep. */
export class TestClient {
  private cookie = '';

  constructor(private readonly url: string) {}

  /** The cookie as it is sent, for a second client or a raw request. */
  get cookieHeader(): string {
    return this.cookie;
  }

  /** Sends a raw request with the cookie. */
  async post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie, ...headers },
      body,
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return response;
  }

  /** The whole answer, errors included. */
  async send<Data = Record<string, unknown>>(query: string, variables: object = {}): Promise<Answer<Data>> {
    const response = await this.post(JSON.stringify({ query, variables }));
    return (await response.json()) as Answer<Data>;
  }

  /** The data of an answer without errors. */
  async ask<Data = Record<string, unknown>>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables);
    if (errors !== undefined || data === null) throw new Error(`the api answered ${JSON.stringify(errors)}`);
    return data;
  }

  /** The first error of an answer, which must have one. */
  async fail(query: string, variables: object = {}): Promise<WireError> {
    const { errors } = await this.send(query, variables);
    if (errors?.[0] === undefined) throw new Error('the api answered without an error');
    return errors[0];
  }

  /** Subscribes with the cookie; `field` is the name of the subscription. */
  subscribe<Event>(query: string, field: string, headers: Record<string, string> = {}): Subscribed<Event> {
    const cookie = this.cookie;
    const events: Event[] = [];
    const errors: { message: string }[] = [];
    let closeWith: (event: { code: number; reason: string }) => void;
    const closed = new Promise<{ code: number; reason: string }>((resolve) => (closeWith = resolve));
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, { headers: { cookie, ...headers } });
        }
      },
      retryAttempts: 0,
      lazy: true,
      on: {
        closed: (event) => closeWith(event as CloseEvent),
      },
    });
    client.subscribe<Record<string, Event>>(
      { query },
      {
        next: ({ data, errors: failures }) => {
          errors.push(...(failures ?? []));
          const event = data?.[field];
          if (event !== undefined) events.push(event);
        },
        // An array when the subscription was refused; else the socket closed, and `closed` says why.
        error: (error) => {
          if (Array.isArray(error)) errors.push(...(error as { message: string }[]));
        },
        complete: () => undefined,
      },
    );
    const stop = async (): Promise<void> => {
      await client.dispose();
    };
    return { events, errors, closed, stop };
  }
}
