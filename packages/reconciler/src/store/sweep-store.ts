import type { MikroORM } from '@mikro-orm/postgresql';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import { inputsHash } from '../inputs-hash.js';
import { keyOf, OBJECT_TYPES, type ObjectKey } from '../object-key.js';
import type { SweepStore } from '../sweep-port.js';
import { rowOf } from './leases.js';
import { closeAbandonedRuns } from './run-log.js';
import { loadSpecs, networkKey } from './load-instance.js';
import { forgetMachine, lockTenants } from './machine-of-tenants.js';
import { type Query, queryIn, systemQuery, TABLES } from './sql.js';

const SECOND = 1000;

/** Pending, waiting or failed and its time has come; to be deleted; or left by a worker that died. */
const DUE = `sync_state not in ('IN_SYNC', 'PAUSED', 'BLOCKED') and (lease_until is null or lease_until < now())
  and (next_attempt_at is null or next_attempt_at <= now())`;

export function createSweepStore(orm: MikroORM, defaultPlaybookOf: (kind: string) => string): SweepStore {
  const query = systemQuery(orm);
  return {
    due: (limit) => due(query, limit),
    machines: async () => {
      const rows = await query<{
        id: number;
        name: string;
        enactedOn: string | null;
        sshHost: string | null;
        sshPort: number | null;
      }>(
        `select id, name, enacted_on as "enactedOn", ssh_host as "sshHost", ssh_port as "sshPort" from instance`,
      );
      return rows.map(({ id, ...machine }) => ({ key: keyOf('instance', id), ...machine }));
    },
    networks: () => networks(query),
    loseMachine: (key, incarnation) => loseMachine(orm, key, incarnation),
    loseNetworks: async (key) => {
      const lost = await query(
        `update slice set enacted_on = null where id = ? and lease_until is null returning id`,
        [rowOf(key).id],
      );
      return lost.length === 1;
    },
    staleInstances: () => staleInstances(query),
    services: () => services(query, defaultPlaybookOf),
    retryFailed: (service) => retryFailed(query, rowOf(service).id),
    closeAbandonedRuns: () => closeAbandonedRuns(query),
    images: async () => {
      const rows = await query<{ name: string }>(
        `select name from image where id in (select default_image_id from deployment)
           or id in (select default_image_id from slice) or id in (select image_id from instance) order by id`,
      );
      return rows.map(({ name }) => name);
    },
    recordReadiness: async (readiness) => {
      const reason = readiness.ready ? null : readiness.reason;
      await query(
        `update installation set engine_ready = ?, engine_reason = ?
         where engine_ready <> ? or engine_reason is distinct from ? returning id`,
        [readiness.ready, reason, readiness.ready, reason],
      );
    },
  };
}

async function due(query: Query, limit: number): Promise<ObjectKey[]> {
  const found = await Promise.all(
    OBJECT_TYPES.map(async (type) => {
      const rows = await query<{ id: number }>(
        `select id from ${TABLES[type]} where ${DUE} order by next_attempt_at nulls first limit ?`,
        [limit],
      );
      return rows.map(({ id }) => keyOf(type, id));
    }),
  );
  return found.flat();
}

async function networks(query: Query) {
  const rows = await query<{ id: number; enacted: boolean; roles: ('nat' | 'private')[] | null }>(
    `select slice.id, slice.enacted_on is not null as enacted, json_agg(network.role) as roles
     from slice join network on network.slice_id = slice.id group by slice.id`,
  );
  return rows.map(({ id, enacted, roles }) => ({
    key: keyOf('slice', id),
    enacted,
    networkKeys: (roles ?? []).map((role) => networkKey(role, id)),
  }));
}

/** Instance and tenants in one transaction: no tenant counts as in sync on a machine that is known to be away. */
function loseMachine(orm: MikroORM, key: ObjectKey, incarnation: string): Promise<boolean> {
  return forPrincipal(orm, SYSTEM).transactional(async (em) => {
    const query = queryIn(em);
    const { id } = rowOf(key);
    await lockTenants(query, id);
    const lost = await query(
      `update instance set enacted_on = null, next_attempt_at = null
       where id = ? and enacted_on = ? and lease_until is null returning id`,
      [id, incarnation],
    );
    if (lost.length === 1) await forgetMachine(query, id, null);
    return lost.length === 1;
  });
}

async function staleInstances(query: Query): Promise<ObjectKey[]> {
  const changed: ObjectKey[] = [];
  for (const { key, spec, enactedInputs } of await loadSpecs(query)) {
    if (inputsHash(spec) === enactedInputs) continue;
    const rows = await query(
      `update instance set enacted_inputs = null where id = ? and enacted_inputs = ? and lease_until is null returning id`,
      [rowOf(key).id, enactedInputs],
    );
    if (rows.length === 1) changed.push(key);
  }
  return changed;
}

async function services(query: Query, defaultPlaybookOf: (kind: string) => string) {
  const rows = await query<{ id: number; kind: string; seconds: number; playbook: string | null }>(
    `select id, kind, sync_interval_seconds as seconds, playbook from service
     where enabled and deleting_since is null order by id`,
  );
  return rows.map(({ id, kind, seconds, playbook }) => ({
    key: keyOf('service', id),
    syncIntervalMs: seconds * SECOND,
    playbook: playbook ?? defaultPlaybookOf(kind),
  }));
}

async function retryFailed(query: Query, serviceId: number): Promise<ObjectKey[]> {
  const rows = await query<{ id: number }>(
    `update tenant set next_attempt_at = null, blocked_reason = null, attempts = 0
     where provider_id = ? and sync_state in ('ERROR', 'BLOCKED') returning id`,
    [serviceId],
  );
  return rows.map(({ id }) => keyOf('tenant', id));
}
