import { createServer } from 'node:http';
import type { Server } from 'node:http';

import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import type { GraphQLSchema } from 'graphql';

import type { App } from './app.js';
import type { ApiContext } from './context.js';
import { createContext } from './context.js';
import { formatErrors } from './errors.js';
import type { AllowedHosts } from './http/allowed-hosts.js';
import { checkApiRequest, checkHost } from './http/check-host.js';
import { handleErrors } from './http/error-handler.js';
import type { Health } from './http/health.js';
import { healthRoutes } from './http/health.js';
import { securityHeaders } from './http/security-headers.js';
import { staticAdmin } from './http/static-admin.js';
import { limitDepth } from './limit-depth.js';

/** What the server is made of besides the app. */
export interface ServerParts {
  hosts: AllowedHosts;
  schema: GraphQLSchema;
  health: Health;
}

/** The largest request accepted. The largest honest one is a form of a few kilobytes. */
const MAX_BODY = '1mb';

/** The HTTP server with everything but the WebSockets. It does not listen yet. */
export async function createHttpServer(
  app: App,
  { hosts, schema, health }: ServerParts,
): Promise<{ http: Server; stop: () => Promise<void> }> {
  const routes = express();
  routes.disable('x-powered-by');
  const http = createServer(routes);
  const apollo = new ApolloServer<ApiContext>({
    schema,
    formatError: formatErrors(app.logger),
    validationRules: [limitDepth],
    plugins: [ApolloServerPluginDrainHttpServer({ httpServer: http })],
    // The schema is committed beside the code; hiding it would hide nothing.
    introspection: true,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  routes.use(healthRoutes(health));
  routes.use(checkHost(hosts), securityHeaders);
  routes.get('/', (_request, response) => response.redirect(302, '/admin/'));
  routes.use('/admin', staticAdmin(app.config.adminDir));
  routes.use(
    '/graphql',
    checkApiRequest(hosts),
    express.json({ limit: MAX_BODY }),
    expressMiddleware(apollo, {
      context: ({ req, res }) => createContext(app, req, (cookie) => res.append('Set-Cookie', cookie)),
    }),
  );
  routes.use((_request, response) => {
    response.status(404).type('text/plain').send('cannot find this page; the UI is at /admin/\n');
  });
  routes.use(handleErrors(app.logger));
  return { http, stop: () => apollo.stop() };
}
