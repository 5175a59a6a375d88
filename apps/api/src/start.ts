import type { AddressInfo } from 'node:net';

import type { MikroORM } from '@mikro-orm/postgresql';
import { coreEntities } from '@tenon/model/core-entities';
import { Installation } from '@tenon/model/entities/installation';
import { User } from '@tenon/model/entities/user';
import { createOrm } from '@tenon/model/orm';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { loadServices } from '@tenon/services/load';
import type { Logger } from 'pino';

import type { App } from './app.js';
import type { Config } from './config.js';
import { ADMIN_EMAIL } from './config.js';
import { openHints } from './enqueue.js';
import { allowedHosts, isLoopback } from './http/allowed-hosts.js';
import type { Health } from './http/health.js';
import { createLoginLimit } from './login/login-limit.js';
import { sessionCookie } from './login/session-cookie.js';
import { createSessions } from './login/sessions.js';
import { buildSchema } from './schema.js';
import { createHttpServer } from './server.js';
import { serviceModels } from './service-models.js';
import { openChangeFeed } from './subscriptions/change-feed.js';
import { serveSockets } from './subscriptions/serve-sockets.js';

/** A running api. */
export interface RunningApi {
  app: App;
  /** Where it is reached from this host, e.g. `http://localhost:9999`. */
  url: string;
  stop: () => Promise<void>;
}

/** Starts the api. @throws when the database cannot be reached or was not migrated, or the port is taken. */
export async function startApi(config: Config, logger: Logger): Promise<RunningApi> {
  const app = await createApp(config, logger);
  const schema = buildSchema(app.services);
  const hosts = allowedHosts(config);
  const { http, stop } = await createHttpServer(app, { hosts, schema, health: healthOf(app) });
  const sockets = serveSockets(app, { http, schema, hosts });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, resolve);
  });
  return {
    app,
    url: `http://localhost:${(http.address() as AddressInfo).port}`,
    async stop() {
      await sockets.close();
      await stop();
      await app.feed.close();
      await app.hints.close();
      await app.orm.close();
    },
  };
}

async function createApp(config: Config, logger: Logger): Promise<App> {
  const services = await loadServices();
  const orm = await createOrm(config, serviceModels(services));
  try {
    const installationId = await readInstallationId(orm);
    await refuseOpenDoor(orm, config);
    return {
      config,
      orm,
      services,
      descriptions: [...coreEntities, ...services.flatMap(({ service, tenant }) => [service, tenant])],
      sessions: createSessions(orm),
      cookie: sessionCookie(installationId),
      loginLimit: createLoginLimit(),
      feed: await openChangeFeed(config.databaseUrl, logger),
      hints: openHints(config, logger),
      logger,
    };
  } catch (error) {
    await orm.close();
    throw error;
  }
}

async function readInstallationId(orm: MikroORM): Promise<string> {
  const installation = await forPrincipal(orm, SYSTEM).findOne(Installation, { id: 1 });
  if (installation !== null) return installation.uuid;
  throw new Error('cannot start: the database was not set up; run apps/api/dist/migrate.js first');
}

/** Whoever reaches the port could sign in with the password that everybody knows. */
async function refuseOpenDoor(orm: MikroORM, config: Config): Promise<void> {
  if (!config.embedded || isLoopback(config.host)) return;
  const admin = await forPrincipal(orm, SYSTEM).findOne(User, { email: ADMIN_EMAIL });
  if (admin?.mustChangePassword !== true) return;
  throw new Error(
    `cannot listen on ${config.host}: ${ADMIN_EMAIL} still has the well-known password; change it with: npm run password`,
  );
}

function healthOf(app: App): Health {
  return {
    async problem() {
      if (!app.feed.isConnected()) return 'the change feed is not connected to the database';
      return (await app.orm.isConnected()) ? null : 'the database does not answer';
    },
  };
}
