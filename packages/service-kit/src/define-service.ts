import type { EntityDescription } from '@tenon/model/entity-description';

import type { SyncStep } from './sync-step.js';

/** A resolver class of type-graphql, which constructs it without arguments. */
export type ResolverClass = new () => object;

/** The server half of a service: everything the api and the worker know about it. */
export interface ServicePackage {
  /** Name of the folder under packages/services/src, e.g. `example`. */
  name: string;
  /** Value of `kind` on its rows, e.g. `exampleservice`; also the path of its pages in the UI. */
  kind: string;
  /** Words for people, e.g. `Example Service`, `Example Services`, `Example Tenant`, `Example Tenants`. */
  verboseName: string;
  verboseNamePlural: string;
  tenantVerboseName: string;
  tenantVerboseNamePlural: string;
  /** Its service entity (a child of Service with its own table). */
  service: EntityDescription;
  /** Its tenant entity (a child of Tenant with its own table). */
  tenant: EntityDescription;
  /** Its GraphQL resolver classes. */
  resolvers: readonly ResolverClass[];
  /** Folder of its own migrations, absolute. They run after the core's. */
  migrationsPath: string;
  /** What must be true on the instance of each of its tenants. */
  sync: SyncStep;
}

/** Declares a service package; a service's `server.ts` exports the result as `default`. */
export function defineService(service: ServicePackage): ServicePackage {
  return service;
}
