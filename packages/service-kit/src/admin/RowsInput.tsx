import type { ReactNode } from 'react';
import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useFieldArray, useFormContext } from 'react-hook-form';

import { useFormMode } from './form-mode.js';
import { Icon } from './icons.js';

interface RowsInputProps {
  /** Name of the list in the form, such as `slices`. */
  name: string;
  /** Word for one row: "Add another Slice". */
  label: string;
  heads: readonly string[];
  /** The row that "Add another" starts with. */
  newRow: () => Record<string, unknown>;
  /** The cells of a new row; `path` is where its values are, such as `slices.0`. */
  renderRow: (path: string) => ReactNode;
  /** Rows that exist already. */
  children?: ReactNode;
}

/** Rows of a relation inside a form, saved together with it. */
export function RowsInput({ name, label, heads, newRow, renderRow, children }: RowsInputProps) {
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  const { locked } = useFormMode();
  const isEmpty = fields.length === 0 && !children;

  return (
    <Box>
      {!isEmpty && (
        <div className="tenon-table-box">
          <Table size="small" className="tenon-table tenon-rows-input" aria-label={`${label}s`}>
            <TableHead>
              <TableRow>
                {heads.map((head) => (
                  <TableCell key={head}>{head}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {children}
              {fields.map((row, index) => (
                <TableRow key={row.id}>
                  {renderRow(`${name}.${index}`)}
                  <TableCell data-label="Delete?">
                    <Button size="small" onClick={() => remove(index)}>
                      Remove
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {!locked && (
        <Button startIcon={<Icon name="plus" />} onClick={() => append(newRow())} sx={{ m: 1 }}>
          {`Add another ${label}`}
        </Button>
      )}
    </Box>
  );
}
