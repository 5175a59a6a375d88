import type { ReactNode } from 'react';

import { FieldValue } from './FieldValue.js';
import type { Column, ModelScreens } from './model-screens.js';
import { textOf, type TenonRecord } from './records.js';
import { StatusIcon } from './StatusIcon.js';

/** A column of a list, ready to be drawn. */
export interface ListColumn {
  key: string;
  label: string;
  sortBy?: string | undefined;
  /** The value is a link or a button of its own, so the cell does not link to the object. */
  interactive: boolean;
  render: (record: TenonRecord) => ReactNode;
}

/** The columns of a resource's list, derived from its field map. */
export function columnsOf(screens: Pick<ModelScreens, 'columns' | 'fields'>): ListColumn[] {
  return screens.columns.map((column) => toColumn(column, screens));
}

function toColumn(column: Column, screens: Pick<ModelScreens, 'fields'>): ListColumn {
  if (typeof column !== 'string') return { interactive: false, ...column };
  if (column === 'status') return statusColumn;
  if (column === 'id')
    return { key: 'id', label: 'Id', sortBy: 'id', interactive: false, render: (record) => record.id };
  const field = screens.fields[column];
  if (!field)
    throw new Error(`cannot make the column ${column}: there is no such field; fix the list of columns`);

  return {
    key: column,
    label: field.label,
    // The API sorts by columns of the object itself, not by those of the object it points to.
    sortBy: field.kind === 'reference' ? undefined : column,
    interactive: field.kind === 'reference',
    render: (record) => <FieldValue record={record} name={column} field={field} />,
  };
}

const statusColumn: ListColumn = {
  key: 'status',
  label: 'Status',
  sortBy: 'syncState',
  interactive: false,
  render: (record) => <StatusIcon state={record['syncState']} text={textOf(record, 'statusText')} />,
};
