import { useEffect, useRef } from 'react';
import { Alert } from '@mui/material';
import { useFormState } from 'react-hook-form';

/** What is wrong with the form as a whole, in one announced sentence; the errors of inputs stand beside them. */
export function FormProblem() {
  const { errors, submitCount } = useFormState();
  const alert = useRef<HTMLDivElement>(null);
  const server = errors.root?.['serverError']?.message;
  const hasErrors = Object.keys(errors).length > 0;
  const isShown = submitCount > 0 && hasErrors;

  useEffect(() => {
    if (server) alert.current?.scrollIntoView({ block: 'nearest' });
  }, [server, submitCount]);

  if (!isShown) return null;
  return (
    <Alert severity="error" role="alert" ref={alert} sx={{ mb: 2, whiteSpace: 'pre-wrap' }}>
      {server ?? 'Please correct the errors below.'}
    </Alert>
  );
}
