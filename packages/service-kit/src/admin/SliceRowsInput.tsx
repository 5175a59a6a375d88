import { Link, TableCell, TableRow } from '@mui/material';
import { sliceFields } from '@tenon/fields/entities/slice';
import { LinkBase, useRecordContext } from 'react-admin';
import { useFormContext } from 'react-hook-form';

import { ReferenceLink } from './FieldValue.js';
import { rowsOf, textOf, type TenonRecord } from './records.js';
import { ReferenceInput } from './ReferenceInput.js';
import { RowsInput } from './RowsInput.js';
import { isBarePrefix, slicePrefix, useMySite } from './slice-prefix.js';
import { StatusIcon } from './StatusIcon.js';
import { CellError, TextInputCell } from './TextInputCell.js';
import { useFieldInput } from './use-field-input.js';

const HEADS = ['', sliceFields.name.label, sliceFields.site.label, 'Details', 'Delete?'];

/** The slices of a service: those it has, and rows for new ones that are saved together with it. */
export function SliceRowsInput({ name }: { name: string }) {
  const record = useRecordContext<TenonRecord>();
  const mySite = useMySite();
  const existing = rowsOf(record, 'existingSlices');

  return (
    <RowsInput
      name={name}
      label="Slice"
      heads={HEADS}
      newRow={() => ({ name: mySite ? slicePrefix(mySite) : '', siteId: null })}
      renderRow={(path) => <NewSliceCells path={path} />}
    >
      {existing.length > 0 && existing.map((slice) => <SliceRow key={slice.id} slice={slice} />)}
    </RowsInput>
  );
}

function SliceRow({ slice }: { slice: TenonRecord }) {
  return (
    <TableRow>
      <TableCell data-label="Status">
        <StatusIcon state={slice['syncState']} text={textOf(slice, 'statusText')} />
      </TableCell>
      <TableCell data-label="Name">{slice.label}</TableCell>
      <TableCell data-label="Site">
        <ReferenceLink record={slice} name="site" to="Site" />
      </TableCell>
      <TableCell data-label="Details">
        <Link component={LinkBase} to={`/core/slice/${slice.id}`}>
          Details
        </Link>
      </TableCell>
      <TableCell />
    </TableRow>
  );
}

function NewSliceCells({ path }: { path: string }) {
  const site = useFieldInput({ name: 'site', field: sliceFields.site, within: path });
  const { getValues, setValue } = useFormContext();
  const followSite = (chosen: TenonRecord | null): void => {
    const name: unknown = getValues(`${path}.name`);
    if (chosen && isBarePrefix(name)) setValue(`${path}.name`, slicePrefix(chosen), { shouldDirty: true });
  };

  return (
    <>
      <TableCell data-label="Status">
        <StatusIcon state="PENDING" text="Not saved yet" />
      </TableCell>
      <TextInputCell name="name" field={sliceFields.name} within={path} />
      <TableCell data-label={sliceFields.site.label} sx={{ minWidth: 220 }}>
        <ReferenceInput
          name="site"
          to="Site"
          state={site}
          label={sliceFields.site.label}
          onChosen={followSite}
        />
        <CellError id={`${site.control.id}-error`} error={site.error} />
      </TableCell>
      <TableCell data-label="Details">Not present</TableCell>
    </>
  );
}
