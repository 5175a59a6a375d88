import type { MikroORM } from '@mikro-orm/postgresql';
import { Service } from '@tenon/model/entities/service';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import type { ServicePackage } from '@tenon/service-kit/define-service';

import { keyOf, type ObjectKey, type ObjectType, parseKey } from './object-key.js';
import type { Store } from './ports.js';
import { finishing } from './store/finish.js';
import { leases, rowOf } from './store/leases.js';
import { loadInstance } from './store/load-instance.js';
import { loadService, loadSlice } from './store/load-slice.js';
import { loadSettledTenants, loadTenant } from './store/load-tenant.js';
import { moveNetwork } from './store/networks.js';
import { systemQuery, TABLES, type Query } from './store/sql.js';

/** The reconciler's store on PostgreSQL. `packages` are the services whose tenants it can read. */
export function createStore(orm: MikroORM, packages: readonly ServicePackage[]): Store {
  const query = systemQuery(orm);
  return {
    ...leases(query),
    ...finishing(orm),
    load: async (key) => {
      const parsed = parseKey(key);
      switch (parsed?.type) {
        case 'service':
          return loadService(query, parsed.id);
        case 'slice':
          return loadSlice(query, parsed.id);
        case 'instance':
          return loadInstance(query, parsed.id);
        case 'tenant':
          return loadTenant(orm, packages, parsed.id);
        case undefined:
          return null;
      }
    },
    moveNetwork: (slice, owner) => moveNetwork(orm, rowOf(slice).id, owner),
    wake: (blocker) => wake(query, blocker),
    recordKeyPair: async (key, pair) => {
      // By the ORM, which encrypts the column. Whoever comes second keeps the first one's pair.
      const { id } = rowOf(key);
      await forPrincipal(orm, SYSTEM).nativeUpdate(Service, { id, privateKey: null }, { ...pair });
    },
    settledTenants: (service) => loadSettledTenants(orm, packages, rowOf(service).id),
    markStale: async (stale) => {
      const changed = await Promise.all(
        stale.map(({ key, enactedInputs }) => markStale(query, key, enactedInputs)),
      );
      return changed.filter((key) => key !== null);
    },
  };
}

/** Makes an object pending whose applied inputs are still the given ones. Null: it moved on meanwhile. */
async function markStale(query: Query, key: ObjectKey, enactedInputs: string): Promise<ObjectKey | null> {
  const { table, id } = rowOf(key);
  const changed = await query(
    `update ${table} set enacted_inputs = null where id = ? and enacted_inputs = ? and lease_until is null returning id`,
    [id, enactedInputs],
  );
  return changed.length === 1 ? key : null;
}

/** Who may wait for whom. */
const WAITERS: Record<ObjectType, readonly ObjectType[]> = {
  service: ['instance'],
  slice: ['instance'],
  instance: ['tenant'],
  tenant: [],
};

async function wake(query: Query, blocker: ObjectKey): Promise<ObjectKey[]> {
  const parsed = parseKey(blocker);
  const woken = (parsed === null ? [] : WAITERS[parsed.type]).map(async (type) => {
    const rows = await query<{ id: number }>(
      `update ${TABLES[type]} set next_attempt_at = null where waiting_on = ? and lease_until is null returning id`,
      [blocker],
    );
    return rows.map(({ id }) => keyOf(type, id));
  });
  return (await Promise.all(woken)).flat();
}
