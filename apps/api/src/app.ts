import type { MikroORM } from '@mikro-orm/postgresql';
import type { EntityDescription } from '@tenon/model/entity-description';
import type { ServicePackage } from '@tenon/service-kit/define-service';
import type { Logger } from 'pino';

import type { Config } from './config.js';
import type { Hints } from './enqueue.js';
import type { LoginLimit } from './login/login-limit.js';
import type { SessionCookie } from './login/session-cookie.js';
import type { Sessions } from './login/sessions.js';
import type { ChangeFeed } from './subscriptions/change-feed.js';

/** The parts of one running api, made once at its start. */
export interface App {
  config: Config;
  orm: MikroORM;
  services: readonly ServicePackage[];
  /** Every entity, the services' included. */
  descriptions: readonly EntityDescription[];
  sessions: Sessions;
  cookie: SessionCookie;
  loginLimit: LoginLimit;
  hints: Hints;
  feed: ChangeFeed;
  logger: Logger;
}
