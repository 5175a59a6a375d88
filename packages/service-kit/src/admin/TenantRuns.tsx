import { useRecordContext } from 'react-admin';

import type { TenonRecord } from './records.js';
import { runColumns } from './run-columns.js';
import { RelatedTable } from './RelatedTable.js';

const NEWEST_FIRST = { field: 'id', order: 'DESC' } as const;

/** The runs of the synchronizer for the tenant on the page, the newest first. */
export function TenantRuns() {
  const record = useRecordContext<TenonRecord>();
  if (!record) return null;
  return (
    <RelatedTable
      resource="core/run"
      filter={{ objectKey: `tenant-${record.id}` }}
      columns={runColumns}
      main="id"
      sort={NEWEST_FIRST}
      empty="The synchronizer has not run for this tenant yet."
    />
  );
}
