import 'reflect-metadata';

import { MikroORM } from '@mikro-orm/postgresql';

import { coreEntities } from './core-entities.js';
import { releaseDeadConnections } from './dead-connections.js';
import { Installation } from './entities/installation.js';
import { RunEvent } from './entities/run-event.js';
import { Session } from './entities/session.js';
import { TenantWithInstance } from './entities/tenant-with-instance.js';
import type { EntityDescription } from './entity-description.js';
import { runEventPolicy } from './policies/run-event.js';
import { tenantPolicy } from './policies/tenant.js';
import { useSecretKey } from './secrets.js';
import { visibleFilter } from './visible-filter.js';
import type { Visibility } from './visible-filter.js';
import { writeGuard } from './write-guard.js';

/** What the database needs to be reached. */
export interface OrmConfig {
  databaseUrl: string;
  /** 32 bytes; encrypts the secret columns. */
  secretKey: Buffer;
  /** Most connections held at once. Default: 10. */
  poolMax?: number;
}

/** What a service package adds to the model. */
export interface ServiceModel {
  name: string;
  entities: readonly EntityDescription[];
  /** Absolute path of the folder with its migrations. */
  migrationsPath: string;
}

/**
 * The ORM over core's entities and those of these services, with the visibility filter and the write guard in place.
 * Its own `em` can do nothing: {@link forPrincipal} makes one that can. Connects at the first query.
 */
export function createOrm(config: OrmConfig, services: readonly ServiceModel[]): Promise<MikroORM> {
  const described = [...coreEntities, ...services.flatMap((service) => service.entities)];
  const policies = new Map<string, Visibility>([
    ...described.map(({ name, policy }) => [name, policy] as const),
    [TenantWithInstance.name, tenantPolicy],
    [RunEvent.name, runEventPolicy],
  ]);
  const orm = new MikroORM({
    clientUrl: config.databaseUrl,
    pool: { min: 0, max: config.poolMax ?? 10 },
    driverOptions: { onPoolCreated: releaseDeadConnections },
    entities: [...described.map(({ entity }) => entity), TenantWithInstance, RunEvent, Session, Installation],
    filters: { visible: visibleFilter(policies) },
    // A tenant whose provider cannot be seen would vanish from its own list: relations are loaded one by one instead.
    autoJoinRefsForFilters: false,
    subscribers: [writeGuard(described)],
    forceUtcTimezone: true,
  });
  useSecretKey(orm.em.getPlatform(), config.secretKey);
  return Promise.resolve(orm);
}
