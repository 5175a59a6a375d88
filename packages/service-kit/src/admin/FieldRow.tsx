import type { ReactNode } from 'react';
import { Box, Typography } from '@mui/material';

interface FieldRowProps {
  label: string;
  children: ReactNode;
  /** The id of the input that the label belongs to; without it the row only shows a value. */
  inputId?: string;
  required?: boolean;
  help?: string | undefined;
  error?: string | undefined;
}

/** The ids under which the help and the error of an input are found by screen readers. */
export function describedBy(
  inputId: string,
  help: string | undefined,
  error: string | undefined,
): string | undefined {
  const ids = [error && `${inputId}-error`, help && `${inputId}-help`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** One row of a form: the label at the left, the input with its error and its help at the right. */
export function FieldRow({ label, children, inputId, required = false, help, error }: FieldRowProps) {
  return (
    <Box className="tenon-row">
      <Typography
        component={inputId === undefined ? 'div' : 'label'}
        {...(inputId !== undefined && { htmlFor: inputId })}
        className={required ? 'tenon-label tenon-required' : 'tenon-label'}
      >
        {label}
      </Typography>
      <Box sx={{ minWidth: 0 }}>
        {children}
        {error !== undefined && inputId !== undefined && (
          <Typography id={`${inputId}-error`} role="alert" className="tenon-error">
            {error}
          </Typography>
        )}
        {help !== undefined && (
          <Typography {...(inputId !== undefined && { id: `${inputId}-help` })} className="tenon-help">
            {help}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
