import { type ObjectKey, keyOf } from '../object-key.js';
import type { InstanceSubject } from '../subject.js';
import { loaded, readFacts } from './facts.js';
import type { Query } from './sql.js';

interface InstanceRow {
  id: number;
  name: string;
  machineId: string | null;
  image: string;
  memoryMib: number;
  cpus: number;
  sliceId: number;
  sliceName: string;
  sliceReady: boolean;
  serviceId: number | null;
  serviceName: string | null;
  publicKey: string | null;
  ports: { role: 'nat' | 'private'; address: string }[];
  userKeys: string[];
}

/** A machine lets in its creator, the creator and the members of its slice, and the synchronizer of the slice's service. */
const SELECT = `select i.id, i.name, i.machine_id as "machineId", image.name as image, flavor.memory_mib as "memoryMib", flavor.cpus,
    s.id as "sliceId", s.name as "sliceName", s.enacted_inputs is not null and s.enacted_on is not null as "sliceReady",
    service.id as "serviceId", service.name as "serviceName", service.public_key as "publicKey",
    (select coalesce(json_agg(json_build_object('role', network.role, 'address', port.address) order by network.role), '[]')
       from port join network on network.id = port.network_id where port.instance_id = i.id) as ports,
    (select coalesce(json_agg(person.public_key order by person.id), '[]') from user_account person
       where person.is_active and person.public_key is not null
         and (person.id in (i.creator_id, s.creator_id)
              or person.id in (select user_id from slice_privilege where slice_id = s.id))) as "userKeys"
  from instance i
  join image on image.id = i.image_id
  join flavor on flavor.id = i.flavor_id
  join slice s on s.id = i.slice_id
  left join service on service.id = s.service_id`;

export async function loadInstance(query: Query, id: number): Promise<InstanceSubject | null> {
  const [facts, [row]] = await Promise.all([
    readFacts(query, 'instance', id),
    query<InstanceRow>(`${SELECT} where i.id = ?`, [id]),
  ]);
  if (facts === null || row === undefined) return null;
  const { sliceId, serviceId } = row;
  return {
    type: 'instance',
    ...loaded('instance', facts, row.name),
    spec: specOf(row),
    machineId: row.machineId,
    slice: { key: keyOf('slice', sliceId), label: row.sliceName, ready: row.sliceReady },
    service:
      serviceId === null
        ? null
        : {
            key: keyOf('service', serviceId),
            label: row.serviceName ?? '',
            hasKeyPair: row.publicKey !== null,
          },
  };
}

/** The machines that should exist as they are wanted now, of all instances that are in sync, for comparing them all at once. */
export async function loadSpecs(
  query: Query,
): Promise<{ key: ObjectKey; spec: InstanceSubject['spec']; enactedInputs: string }[]> {
  const rows = await query<InstanceRow & { enactedInputs: string }>(
    `${SELECT.replace('select ', 'select i.enacted_inputs as "enactedInputs", ')} where i.sync_state = 'IN_SYNC'`,
  );
  return rows.map((row) => ({
    key: keyOf('instance', row.id),
    spec: specOf(row),
    enactedInputs: row.enactedInputs,
  }));
}

function specOf(row: InstanceRow): InstanceSubject['spec'] {
  const keys = [...row.userKeys, row.publicKey ?? '']
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.trim());
  return {
    name: row.name,
    owner: keyOf('instance', row.id),
    image: row.image,
    flavor: { memoryMib: row.memoryMib, cpus: row.cpus },
    networks: row.ports.map(({ role, address }) => ({ key: networkKey(role, row.sliceId), address })),
    authorizedKeys: [...new Set(keys.filter((line) => line !== ''))].toSorted(),
    loginUser: 'ubuntu',
  };
}

/** The engine's name of a slice's network: all slices share the one nat network, each has a private one. */
export function networkKey(role: 'nat' | 'private', sliceId: number): string {
  return role === 'nat' ? 'nat' : `slice-${sliceId}-private`;
}
