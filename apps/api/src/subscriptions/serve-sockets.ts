import type { Server } from 'node:http';

import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import { GraphQLError } from 'graphql';
import type { Extra } from 'graphql-ws/use/ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { App } from '../app.js';
import { createContext } from '../context.js';
import { formatErrors } from '../errors.js';
import type { AllowedHosts } from '../http/allowed-hosts.js';
import { createLiveSockets } from './live-sockets.js';

/** The longest message accepted from a client: a subscription is a few hundred bytes. */
const MAX_MESSAGE = 64 * 1024;
const UNAUTHORIZED = 4401;

/** Serves subscriptions (graphql-transport-ws) at /graphql of the HTTP server. Queries and mutations go over HTTP. */
export function serveSockets(
  app: App,
  { http, schema, hosts }: { http: Server; schema: GraphQLSchema; hosts: AllowedHosts },
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql',
    maxPayload: MAX_MESSAGE,
    // A page of another origin could open a socket with a person's cookie: no preflight protects WebSockets.
    verifyClient: ({ req }: { req: Extra['request'] }) =>
      hosts.isHostAllowed(req.headers.host) && hosts.isOriginAllowed(req.headers.origin, req.headers.host),
  });
  const live = createLiveSockets(app);
  const format = formatErrors(app.logger);
  const formatAll = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => format(error.toJSON(), error));

  const server = useServer(
    {
      schema,
      context: ({ extra }) => createContext(app, extra.request, () => undefined),
      async onConnect({ extra }) {
        const token = app.cookie.read(extra.request);
        const session = token === null ? null : await app.sessions.find(token);
        if (token !== null && session !== null) {
          live.add({ socket: extra.socket, token, session });
          return true;
        }
        extra.socket.close(UNAUTHORIZED, 'sign in first');
        return false;
      },
      execute: () => ({
        errors: [new GraphQLError('cannot answer on a WebSocket: send queries and mutations by POST')],
      }),
      onError: (_context, _id, _payload, errors) => formatAll(errors),
      onNext: (...[, , , , result]) => formatResult(result, formatAll),
    },
    sockets,
  );
  return {
    async close() {
      live.close();
      await server.dispose();
    },
  };
}

function formatResult(
  {
    data,
    errors,
  }: { data?: ExecutionResult['data'] | undefined; errors?: readonly GraphQLError[] | undefined },
  formatAll: (errors: readonly GraphQLError[]) => GraphQLFormattedError[],
): FormattedExecutionResult {
  return { data: data ?? null, ...(errors && { errors: formatAll(errors) }) };
}
