import { type ObjectKey, parseKey } from '../object-key.js';
import type { Lease, Store } from '../ports.js';
import { type Query, TABLES } from './sql.js';

/** The table and id behind a key. Throws for a text that is no key: keys are made by `keyOf`. */
export function rowOf(key: ObjectKey): { table: string; id: number } {
  const parsed = parseKey(key);
  if (parsed === null) throw new Error(`cannot find the row of ${key}: it is no object key`);
  return { table: TABLES[parsed.type], id: parsed.id };
}

/** Claims on rows. An expired lease belongs to nobody, so taking one needs no help from whoever lost it. */
export function leases(query: Query): Pick<Store, 'takeLease' | 'keepLease' | 'dropLease'> {
  return {
    takeLease: async (key, generation, lease) => {
      const { table, id } = rowOf(key);
      const taken = await query(
        `update ${table} set ${LEASED} where id = ? and generation = ?
           and (lease_until is null or lease_until < now()) returning id`,
        [...leasedValues(lease), id, generation],
      );
      return taken.length === 1;
    },
    keepLease: async (key, lease) => {
      const { table, id } = rowOf(key);
      const kept = await query<{ deleting: boolean }>(
        `update ${table} set ${LEASED} where id = ? and lease_owner = ? returning deleting_since is not null as deleting`,
        [...leasedValues(lease), id, lease.owner],
      );
      if (kept[0] === undefined) return 'lost';
      return kept[0].deleting ? 'deleting' : 'held';
    },
    dropLease: async (key, owner) => {
      const { table, id } = rowOf(key);
      await query(
        `update ${table} set lease_until = null, lease_owner = null where id = ? and lease_owner = ?`,
        [id, owner],
      );
    },
  };
}

const LEASED = `lease_until = now() + ? * interval '1 millisecond', lease_owner = ?`;

function leasedValues(lease: Lease): unknown[] {
  return [lease.ttlMs, lease.owner];
}
