import type { EntityManager } from '@mikro-orm/postgresql';
import { Run } from '@tenon/model/entities/run';
import { Tenant } from '@tenon/model/entities/tenant';
import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { GraphContext, Reads } from '../context.js';
import { readsOf } from '../context.js';
import { referredId } from '../loaders.js';

const lastRunLoaders = new WeakMap<Reads, DataLoader<number, Run | null>>();

/** What is known of a tenant's synchronization. The types of service packages inherit it. */
@Resolver(() => Tenant)
export class TenantResolver {
  @FieldResolver(() => Run, { nullable: true, description: 'The last time a playbook ran for it' })
  lastRun(@Root() tenant: Tenant, @Ctx() context: GraphContext): Promise<Run | null> {
    const reads = readsOf(context);
    const loader =
      lastRunLoaders.get(reads) ?? new DataLoader((ids: readonly number[]) => lastRuns(reads.em, ids));
    lastRunLoaders.set(reads, loader);
    return loader.load(tenant.id);
  }
}

async function lastRuns(em: EntityManager, tenantIds: readonly number[]): Promise<(Run | null)[]> {
  const query = em
    .createQueryBuilder(Run, 'run')
    .select('*')
    .distinctOn(['run.tenant'])
    .where({ tenant: { $in: [...tenantIds] } })
    .orderBy([{ tenant: 'asc' }, { id: 'desc' }]);
  // A query builder adds no filters by itself: without this line everybody would see every run.
  await query.applyFilters();
  const runs = await query.getResultList();
  return tenantIds.map((id) => runs.find((run) => referredId(run, 'tenant') === id) ?? null);
}
