import type { MikroORM } from '@mikro-orm/postgresql';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';

import { queryIn, type Query } from './sql.js';

/** How many /24 a /16 has; the first is never given out. */
const SIZE = 256;

/** Where the installation's one nat network is. */
export interface NatSubnetStore {
  /** The subnet, a /16, and whether slices have addresses in it already, so that it cannot move; null: no deployment. */
  read(): Promise<{ subnet: string; isFixed: boolean } | null>;
  /** Puts it elsewhere. False: slices have addresses in it. */
  write(subnet: string): Promise<boolean>;
}

export function createNatSubnetStore(orm: MikroORM): NatSubnetStore {
  return {
    read: async () => {
      const rows = await queryIn(forPrincipal(orm, SYSTEM))<{ subnet: string; isFixed: boolean }>(
        `select settings->>'natSubnet' as subnet, exists (select 1 from network where role = 'nat') as "isFixed"
         from deployment order by is_default desc, id limit 1`,
      );
      return rows[0] ?? null;
    },
    write: (subnet) =>
      locked(orm, async (query) => {
        const written = await query(
          `update deployment set settings = jsonb_set(settings, '{natSubnet}', to_jsonb(?::text))
           where not exists (select 1 from network where role = 'nat') returning id`,
          [subnet],
        );
        return written.length > 0;
      }),
  };
}

/** See Store.moveNetwork. */
export function moveNetwork(orm: MikroORM, sliceId: number, owner: string): Promise<string | null> {
  return locked(orm, async (query) => {
    const [network] = await query<{ id: number; subnet: string }>(
      `select network.id, network.subnet from network join slice on slice.id = network.slice_id
       where slice.id = ? and slice.lease_owner = ? and network.role = 'private'
         and not exists (select 1 from instance where slice_id = slice.id
                         and (machine_id is not null or enacted_inputs is not null))`,
      [sliceId, owner],
    );
    const taken = await query<{ subnet: string }>('select subnet from network');
    const next = network && nextSubnet(network.subnet, new Set(taken.map(({ subnet }) => subnet)));
    if (network === undefined || next === undefined) return null;
    await query('update network set subnet = ? where id = ? returning id', [next, network.id]);
    await query(
      `update port set address = split_part(?, '.0/24', 1) || '.' || split_part(address, '.', 4) where network_id = ? returning id`,
      [next, network.id],
    );
    return next;
  });
}

/** The next /24 of the same /16 that no network has, after this one and then from the start; undefined: there is none. */
function nextSubnet(subnet: string, taken: ReadonlySet<string>): string | undefined {
  const [first, second, third] = subnet.split('.').map(Number);
  const others = Array.from({ length: SIZE - 1 }, (_, index) => ((third ?? 0) + index + 1) % SIZE);
  return others
    .filter((candidate) => candidate !== 0)
    .map((candidate) => `${first ?? 0}.${second ?? 0}.${candidate}.0/24`)
    .find((candidate) => !taken.has(candidate));
}

/** The lock under which the model chooses subnets (packages/model/src/rules/slice-networks.ts). */
function locked<T>(orm: MikroORM, work: (query: Query) => Promise<T>): Promise<T> {
  return forPrincipal(orm, SYSTEM).transactional(async (em) => {
    const query = queryIn(em);
    await query(`select pg_advisory_xact_lock(hashtext('tenon network subnets'))`);
    return work(query);
  });
}
