import { keyOf, type ObjectType } from '../object-key.js';
import type { SyncFacts } from '../subject.js';
import { type Query, TABLES } from './sql.js';

/** The columns of SyncFacts. Whether a time has come is asked of the database, whose clock all workers share. */
const COLUMNS = `id, generation, enacted_generation as "enactedGeneration", enacted_inputs as "enactedInputs",
  enacted_on as "enactedOn", attempts, blocked_reason as "blockedReason", waiting_for as "waitingFor",
  next_attempt_at is not null and next_attempt_at > now() as postponed,
  lease_until is not null and lease_until > now() as leased,
  deleting_since is not null as deleting, paused_reason is not null as paused`;

export type FactsRow = SyncFacts & { id: number };

/** The facts of one object, or null when there is no such row. */
export async function readFacts(query: Query, type: ObjectType, id: number): Promise<FactsRow | null> {
  const rows = await query<FactsRow>(`select ${COLUMNS} from ${TABLES[type]} where id = ?`, [id]);
  return rows[0] ?? null;
}

/** The facts of many objects, by id. */
export async function readManyFacts(
  query: Query,
  type: ObjectType,
  ids: readonly number[],
): Promise<ReadonlyMap<number, FactsRow>> {
  const rows = await query<FactsRow>(
    `select ${COLUMNS} from ${TABLES[type]} where id in (select value::int from json_array_elements_text(?::json))`,
    [JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What every subject begins with. */
export function loaded(type: ObjectType, row: FactsRow, label: string) {
  const { id, ...facts } = row;
  return { key: keyOf(type, id), id, label, facts };
}
