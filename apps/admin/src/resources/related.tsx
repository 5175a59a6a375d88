import type { ComponentType } from 'react';
import type { Column } from '@tenon/service-kit/admin/model-screens';
import type { TenonRecord } from '@tenon/service-kit/admin/records';
import { RelatedTable } from '@tenon/service-kit/admin/RelatedTable';
import { useRecordContext } from 'react-admin';

interface Related {
  resource: string;
  /** Filter by which the rows point to the object on the page: `siteId`. */
  by: string;
  columns: readonly Column[];
  /** Column whose cell links to the row's page. */
  main: string;
  empty: string;
}

/** Makes the content of a tab that lists what belongs to the object on the page. */
export function related({ resource, by, columns, main, empty }: Related): ComponentType {
  return function RelatedRows() {
    const record = useRecordContext<TenonRecord>();
    if (!record) return null;
    return (
      <RelatedTable
        resource={resource}
        filter={{ [by]: record.id }}
        columns={columns}
        main={main}
        empty={empty}
      />
    );
  };
}
