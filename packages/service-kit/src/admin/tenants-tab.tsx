import { useRecordContext } from 'react-admin';

import type { FormTab } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';
import { RelatedTable } from './RelatedTable.js';

/** The tab with the tenants of a service; `tenant` is their resource. */
export function tenantsTab(tenant: string): FormTab {
  function Tenants() {
    const record = useRecordContext<TenonRecord>();
    const { columns, labelPlural } = useRegistry().byName(tenant);
    if (!record) return null;
    return (
      <RelatedTable
        resource={tenant}
        filter={{ providerId: record.id }}
        columns={columns}
        main="id"
        empty={`This service has no ${labelPlural} yet.`}
      />
    );
  }
  return { path: 'tenants', label: 'Tenants', Content: Tenants, only: 'edit' };
}
