import type { MikroORM } from '@mikro-orm/postgresql';

import type { NumberedEvent, RunLog } from '../run-log-port.js';
import { type Query, systemQuery } from './sql.js';

/** Longest values of the columns, see packages/fields/src/entities/run.ts. */
const SUMMARY_LIMIT = 4000;
const LABEL_LIMIT = 200;
const ABANDONED = 'the worker stopped before it was done';
/** How many finished runs of one object are kept: a tenant that fails for a week must not fill the database. */
const KEPT_RUNS = 50;

/** Runs and their events in PostgreSQL. What arrives here was redacted and capped by the run recorder. */
export function createRunLog(orm: MikroORM): RunLog {
  const query = systemQuery(orm);
  return {
    open: async (start) => {
      await closeLeftOpen(query, start.objectKey);
      const [run] = await query<{ id: number }>(
        `insert into run (object_key, object_label, tenant_id, service_id, playbook, trigger, object_generation, started_at, outcome)
         values (?, ?, ?, ?, ?, ?, ?, now(), 'RUNNING') returning id`,
        [
          start.objectKey,
          start.objectLabel.slice(0, LABEL_LIMIT),
          start.tenantId,
          start.serviceId,
          start.playbook,
          start.trigger,
          start.objectGeneration,
        ],
      );
      if (run === undefined)
        throw new Error(`cannot record the run of ${start.objectKey}: the database returned no id`);
      return run.id;
    },
    append: (runId, events) => append(query, runId, events),
    close: async (runId, { outcome, summary, stats }) => {
      await query(
        `update run set outcome = ?, summary = ?, stats = ?::jsonb, finished_at = now()
         where id = ? and outcome = 'RUNNING' returning id`,
        [outcome, summary.slice(0, SUMMARY_LIMIT), JSON.stringify(stats), runId],
      );
    },
  };
}

/** Only the holder of the object's lease opens a run, so one that is still open belongs to a worker that died. */
async function closeLeftOpen(query: Query, objectKey: string): Promise<void> {
  await query(
    `update run set outcome = 'CANCELLED', finished_at = now(), summary = '${ABANDONED}'
     where object_key = ? and outcome = 'RUNNING' returning id`,
    [objectKey],
  );
  await query(
    `delete from run where id in
       (select id from run where object_key = ? and outcome <> 'RUNNING' order by id desc offset ?) returning id`,
    [objectKey, KEPT_RUNS],
  );
}

/** See SweepStore. A run is closed before its object's lease is given back, so one without a lease has nobody to close it. */
export async function closeAbandonedRuns(query: Query): Promise<void> {
  await query(
    `update run set outcome = 'CANCELLED', finished_at = now(), summary = '${ABANDONED}'
     where outcome = 'RUNNING' and not exists
       (select 1 from tenant where tenant.id = run.tenant_id and lease_until > now()) returning id`,
  );
}

/** All events in one statement: they arrive as one array of JSON. */
async function append(query: Query, runId: number, events: readonly NumberedEvent[]): Promise<void> {
  // A batch that was stored although its answer got lost is sent again, and must not fail then.
  await query(
    `insert into run_event (run_id, sequence, at, kind, host, task, module, status, detail)
     select ?, sequence, to_timestamp(at / 1000.0), kind, host, task, module, status, detail
     from jsonb_to_recordset(?::jsonb) as event
       (sequence int, at double precision, kind text, host text, task text, module text, status text, detail jsonb)
     on conflict (run_id, sequence) do nothing returning id`,
    [runId, JSON.stringify(events.map(rowOf))],
  );
}

/** What has no column of its own goes into the details. PostgreSQL stores no NUL in a text, so none is sent. */
function rowOf({ play, item, durationMs, message, detail, ...columns }: NumberedEvent): object {
  const extra = { ...detail, play, item, durationMs, message };
  return JSON.parse(JSON.stringify({ ...columns, detail: extra }).replaceAll('\\u0000', '\\ufffd')) as object;
}
