import type { MikroORM } from '@mikro-orm/postgresql';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import type { ObjectKey } from '../object-key.js';
import type { FactsChange, Finish, Store } from '../ports.js';
import { rowOf } from './leases.js';
import { forgetMachine, lockTenants, withoutLostMachine } from './machine-of-tenants.js';
import { queryIn, type Query } from './sql.js';

/** Longest texts of the columns, see packages/model/src/synced-fields.ts. */
const LIMITS = { lastError: 4000, waitingFor: 1024, blockedReason: 1024 };

/** Writes what came of a reconciliation and gives the lease back, all or nothing. */
export function finishing(orm: MikroORM): Pick<Store, 'finish' | 'remove' | 'recordIntent'> {
  const transaction = <T>(work: (query: Query) => Promise<T>) =>
    forPrincipal(orm, SYSTEM).transactional((em) => work(queryIn(em)));
  return {
    finish: (key, finish) => transaction((query) => writeFinish(query, key, finish)),
    remove: (key, owner) =>
      transaction(async (query) => {
        const { table, id } = rowOf(key);
        const removed = await query(
          `delete from ${table} where id = ? and lease_owner = ? and deleting_since is not null returning id`,
          [id, owner],
        );
        return removed.length === 1;
      }),
    recordIntent: (key, owner, inputs) => transaction((query) => recordIntent(query, key, owner, inputs)),
  };
}

async function recordIntent(query: Query, key: ObjectKey, owner: string, inputs: string): Promise<boolean> {
  const { id } = rowOf(key);
  await lockTenants(query, id);
  const recorded = await query(
    'update instance set enacted_inputs = ?, enacted_on = null where id = ? and lease_owner = ? returning id',
    [inputs, id, owner],
  );
  if (recorded.length === 1) await forgetMachine(query, id, null);
  return recorded.length === 1;
}

async function writeFinish(query: Query, key: ObjectKey, finish: Finish): Promise<boolean> {
  const { table, id } = rowOf(key);
  if (finish.facts.machine) await lockTenants(query, id);
  const { columns, values } = columnsOf(await withoutLostMachine(query, key, finish.facts));
  // Without a lease of our own, nobody else may have one either: he knows better.
  const mine = finish.owner === null ? '(lease_until is null or lease_until < now())' : 'lease_owner = ?';
  const owner = finish.owner === null ? [] : [finish.owner];
  const unedited = finish.unlessEdited ? ' and generation = ?' : '';
  const generation = finish.unlessEdited ? [finish.generation] : [];
  const written = await query(
    `update ${table} set ${[...columns, ...RELEASED].join(', ')} where id = ? and ${mine}${unedited} returning id`,
    [...values, id, ...owner, ...generation],
  );
  if (written.length === 1) {
    if (finish.facts.machine) await forgetMachine(query, id, finish.facts.machine.incarnation);
    return true;
  }
  const released = await query(
    `update ${table} set ${RELEASED.join(', ')} where id = ? and lease_owner = ? returning id`,
    [id, finish.owner],
  );
  return released.length === 1;
}

const RELEASED = ['lease_until = null', 'lease_owner = null'];

/** The assignments of a change, with `?` for their values. */
function columnsOf({ machine, enactedNow, nextAttemptInMs, ...facts }: FactsChange) {
  const columns: string[] = [];
  const values: unknown[] = [];
  const set = (column: string, value: unknown) => {
    columns.push(`${column} = ?`);
    values.push(value);
  };
  for (const [name, value] of Object.entries(facts))
    set(COLUMNS[name as keyof typeof facts], shortened(name, value));
  if (enactedNow === true) columns.push('enacted = now()');
  if (nextAttemptInMs === null) columns.push('next_attempt_at = null');
  if (typeof nextAttemptInMs === 'number') {
    columns.push(`next_attempt_at = now() + ? * interval '1 millisecond'`);
    values.push(nextAttemptInMs);
  }
  if (machine !== undefined) {
    set('machine_id', machine.incarnation);
    set('ssh_host', machine.ssh.host);
    set('ssh_port', machine.ssh.port);
    set('reachable_at', machine.reachableAt);
    set('host_key', machine.hostKey);
    columns.push('host_seen_at = now()');
  }
  return { columns, values };
}

const COLUMNS = {
  enactedGeneration: 'enacted_generation',
  enactedInputs: 'enacted_inputs',
  enactedOn: 'enacted_on',
  lastError: 'last_error',
  attempts: 'attempts',
  waitingFor: 'waiting_for',
  waitingOn: 'waiting_on',
  blockedReason: 'blocked_reason',
} as const;

function shortened(name: string, value: unknown): unknown {
  const limit = Object.entries(LIMITS).find(([column]) => column === name)?.[1];
  if (typeof value !== 'string' || limit === undefined || value.length <= limit) return value;
  return `${value.slice(0, limit - 1)}…`;
}
