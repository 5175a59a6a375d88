import { TableCell, Typography } from '@mui/material';
import type { Field } from '@tenon/fields/field';

import { TextControl } from './FieldInput.js';
import { useFieldInput } from './use-field-input.js';

interface TextInputCellProps {
  name: string;
  field: Field;
  /** Path of the row, such as `slices.0`. */
  within: string;
}

/** A text box in a row of a table; the head of its column is its name, and its error stands below it. */
export function TextInputCell({ name, field, within }: TextInputCellProps) {
  const state = useFieldInput({ name, field, within });
  return (
    <TableCell data-label={field.label}>
      <TextControl field={field} state={state} label={field.label} />
      <CellError id={`${state.control.id}-error`} error={state.error} />
    </TableCell>
  );
}

/** The error of an input in a table. */
export function CellError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <Typography id={id} role="alert" className="tenon-error">
      {error}
    </Typography>
  );
}
