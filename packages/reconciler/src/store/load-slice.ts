import type { NetworkSpec } from '../compute-port.js';
import type { ServiceSubject, SliceSubject } from '../subject.js';
import { loaded, readFacts } from './facts.js';
import { networkKey } from './load-instance.js';
import type { Query } from './sql.js';

interface SliceRow {
  name: string;
  instancesLeft: number;
  natSubnet: string | null;
  networks: { role: 'nat' | 'private'; subnet: string }[];
}

export async function loadSlice(query: Query, id: number): Promise<SliceSubject | null> {
  const [facts, [row]] = await Promise.all([
    readFacts(query, 'slice', id),
    query<SliceRow>(
      `select name, (select count(*)::int from instance where slice_id = slice.id) as "instancesLeft",
         (select settings->>'natSubnet' from deployment order by is_default desc, id limit 1) as "natSubnet",
         (select coalesce(json_agg(json_build_object('role', role, 'subnet', subnet) order by role), '[]')
            from network where slice_id = slice.id) as networks
       from slice where id = ?`,
      [id],
    ),
  ]);
  if (facts === null || row === undefined) return null;
  const networks = row.networks.map(
    // A slice's nat network is a part of the installation's one nat network, and that is what the engine has.
    ({ role, subnet }): NetworkSpec => ({
      key: networkKey(role, id),
      role,
      subnet: role === 'nat' ? (row.natSubnet ?? subnet) : subnet,
    }),
  );
  return { type: 'slice', ...loaded('slice', facts, row.name), networks, instancesLeft: row.instancesLeft };
}

export async function loadService(query: Query, id: number): Promise<ServiceSubject | null> {
  const [facts, [row]] = await Promise.all([
    readFacts(query, 'service', id),
    query<{ name: string; hasKeyPair: boolean; tenantsLeft: number }>(
      `select name, public_key is not null and private_key is not null as "hasKeyPair",
         (select count(*)::int from tenant where provider_id = service.id) as "tenantsLeft"
       from service where id = ?`,
      [id],
    ),
  ]);
  if (facts === null || row === undefined) return null;
  const { name, ...rest } = row;
  return { type: 'service', ...loaded('service', facts, name), ...rest };
}
