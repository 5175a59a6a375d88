import {
  Checkbox,
  Link,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TableSortLabel,
} from '@mui/material';
import { LinkBase, useListContext } from 'react-admin';

import { columnsOf, type ListColumn } from './columns.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';

/** The rows of a list; on a narrow screen each row becomes a card. */
export function ListTable({ screens }: { screens: ModelScreens }) {
  const { data = [], isPending } = useListContext<TenonRecord>();
  const columns = columnsOf(screens);
  const selectable = screens.readOnly !== true;

  return (
    <div className="tenon-table-box">
      <Table size="small" className="tenon-table" aria-label={screens.labelPlural}>
        <ListHead columns={columns} selectable={selectable} />
        <TableBody>
          {isPending && <LoadingRows width={columns.length + (selectable ? 1 : 0)} />}
          {data.map((record) => (
            <ListRow
              key={record.id}
              screens={screens}
              columns={columns}
              record={record}
              selectable={selectable}
            />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function ListHead({ columns, selectable }: { columns: readonly ListColumn[]; selectable: boolean }) {
  const { data = [], selectedIds, onSelect, sort, setSort } = useListContext<TenonRecord>();
  const ids = data.map((record) => record.id);
  const allSelected = ids.length > 0 && ids.every((id) => selectedIds.includes(id));
  const toggle = (field: string): void =>
    setSort({ field, order: sort.field === field && sort.order === 'ASC' ? 'DESC' : 'ASC' });

  return (
    <TableHead>
      <TableRow>
        {selectable && (
          <TableCell padding="checkbox">
            <Checkbox
              size="small"
              checked={allSelected}
              indeterminate={!allSelected && selectedIds.length > 0}
              onChange={() => onSelect(allSelected ? [] : ids)}
              slotProps={{ input: { 'aria-label': 'Select all on this page' } }}
            />
          </TableCell>
        )}
        {columns.map(({ key, label, sortBy }) => (
          <TableCell
            key={key}
            {...(sortBy === sort.field && { sortDirection: sort.order === 'ASC' ? 'asc' : 'desc' })}
          >
            {sortBy === undefined ? (
              label
            ) : (
              <TableSortLabel
                active={sort.field === sortBy}
                direction={sort.field === sortBy && sort.order === 'DESC' ? 'desc' : 'asc'}
                onClick={() => toggle(sortBy)}
              >
                {key === 'status' ? <span className="tenon-hidden">{label}</span> : label}
              </TableSortLabel>
            )}
          </TableCell>
        ))}
      </TableRow>
    </TableHead>
  );
}

interface ListRowProps {
  screens: ModelScreens;
  columns: readonly ListColumn[];
  record: TenonRecord;
  selectable: boolean;
}

function ListRow({ screens, columns, record, selectable }: ListRowProps) {
  const { selectedIds, onToggleItem } = useListContext<TenonRecord>();
  const selected = selectedIds.includes(record.id);
  const firstText = columns.find(
    (column) => column.key !== 'status' && column.key !== 'id' && !column.interactive,
  );

  return (
    <TableRow hover selected={selected} data-id={record.id}>
      {selectable && (
        <TableCell padding="checkbox">
          <Checkbox
            size="small"
            checked={selected}
            onChange={() => onToggleItem(record.id)}
            slotProps={{ input: { 'aria-label': `Select ${record.label}` } }}
          />
        </TableCell>
      )}
      {columns.map((column) => (
        <TableCell key={column.key} data-label={column.label} className={`tenon-cell-${column.key}`}>
          {column.interactive ? (
            column.render(record)
          ) : (
            <Link
              component={LinkBase}
              to={`/${screens.name}/${record.id}`}
              className={column === firstText ? 'tenon-cell-link tenon-cell-main' : 'tenon-cell-link'}
              // Every cell is a link for the mouse; one per row is enough for the Tab key.
              {...(column !== firstText && { tabIndex: -1 })}
            >
              {column.render(record)}
            </Link>
          )}
        </TableCell>
      ))}
    </TableRow>
  );
}

function LoadingRows({ width }: { width: number }) {
  return [0, 1, 2].map((row) => (
    <TableRow key={row}>
      <TableCell colSpan={width}>
        <Skeleton />
      </TableCell>
    </TableRow>
  ));
}
