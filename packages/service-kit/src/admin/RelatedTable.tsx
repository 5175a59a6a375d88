import {
  Box,
  Link,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { LinkBase, useGetList } from 'react-admin';

import { columnsOf, type ListColumn } from './columns.js';
import type { Column } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';

interface RelatedTableProps {
  resource: string;
  filter: Record<string, unknown>;
  columns: readonly Column[];
  /** The sentence in place of an empty table. */
  empty: string;
  /** Column whose cell links to the row's own page. */
  main: string;
  sort?: { field: string; order: 'ASC' | 'DESC' };
}

const BY_ID = { field: 'id', order: 'ASC' } as const;
const MOST_ROWS = 100;

/** Objects that belong to the one on the page, up to 100; the list of their own shows them all. */
export function RelatedTable({ resource, filter, columns, empty, main, sort = BY_ID }: RelatedTableProps) {
  const screens = useRegistry().byName(resource);
  const { data, total, error, isPending } = useGetList<TenonRecord>(resource, {
    filter,
    sort,
    pagination: { page: 1, perPage: MOST_ROWS },
  });
  const resolved = columnsOf({ columns, fields: screens.fields });
  if (isPending) return <Skeleton variant="rounded" height={80} />;
  if (error)
    return (
      <Typography color="error" role="alert" sx={{ p: 2 }}>
        {error.message}
      </Typography>
    );
  if (data.length === 0)
    return (
      <Typography color="textSecondary" sx={{ p: 2 }}>
        {empty}
      </Typography>
    );

  return (
    <Box>
      <div className="tenon-table-box">
        <Table size="small" className="tenon-table" aria-label={screens.labelPlural}>
          <TableHead>
            <TableRow>
              {resolved.map(({ key, label }) => (
                <TableCell key={key}>
                  {key === 'status' ? <span className="tenon-hidden">{label}</span> : label}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.map((record) => (
              <RelatedRow
                key={record.id}
                record={record}
                columns={resolved}
                main={main}
                resource={resource}
              />
            ))}
          </TableBody>
        </Table>
      </div>
      {total !== undefined && total > data.length && (
        <Typography variant="body2" color="textSecondary" sx={{ p: 1.5 }}>
          {`The first ${data.length} of ${total}.`}
        </Typography>
      )}
    </Box>
  );
}

interface RelatedRowProps {
  record: TenonRecord;
  columns: readonly ListColumn[];
  main: string;
  resource: string;
}

function RelatedRow({ record, columns, main, resource }: RelatedRowProps) {
  return (
    <TableRow hover data-id={record.id}>
      {columns.map(({ key, label, render }) => (
        <TableCell key={key} data-label={label} className={`tenon-cell-${key}`}>
          {key === main ? (
            <Link component={LinkBase} to={`/${resource}/${record.id}`}>
              {render(record)}
            </Link>
          ) : (
            render(record)
          )}
        </TableCell>
      ))}
    </TableRow>
  );
}
