import { useRef, useState, type SubmitEvent } from 'react';
import { Alert, Button, OutlinedInput, Paper } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FieldRow } from '@tenon/service-kit/admin/FieldRow';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { useTenonProvider } from '@tenon/service-kit/admin/tenon-provider';
import { useNotify, type HttpError } from 'react-admin';

import { useApi } from '../api-context.js';

const DOCUMENT = `mutation ChangePassword($current: String!, $next: String!) {
  done: changePassword(current: $current, next: $next)
}`;

interface Passwords {
  current: string;
  next: string;
}

/** Changes the password of the person at the screen; his other sessions end. */
export function ChangePasswordPage() {
  return (
    <>
      <PageHeader title="Change password" crumbs={[{ label: 'Change password' }]} />
      <PasswordForm />
    </>
  );
}

function PasswordForm() {
  const form = useRef<HTMLFormElement>(null);
  const [mismatch, setMismatch] = useState(false);
  const change = useChangePassword(() => form.current?.reset());
  const fieldErrors = readErrors(change.error);

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const next = textIn(values, 'next');
    const differs = next !== textIn(values, 'again');
    setMismatch(differs);
    if (!differs) change.mutate({ current: textIn(values, 'current'), next });
  };

  return (
    <Paper variant="outlined" component="form" ref={form} onSubmit={submit} className="tenon-form">
      {change.error && Object.keys(fieldErrors).length === 0 && (
        <Alert severity="error" role="alert" sx={{ m: 2 }}>
          {change.error.message}
        </Alert>
      )}
      <div className="tenon-rows">
        <PasswordRow
          name="current"
          label="Current password"
          autoComplete="current-password"
          error={fieldErrors['current']}
        />
        <PasswordRow
          name="next"
          label="New password"
          autoComplete="new-password"
          error={fieldErrors['next']}
          help="Your other sessions end when it is changed."
        />
        <PasswordRow
          name="again"
          label="New password again"
          autoComplete="new-password"
          error={mismatch ? 'The two new passwords differ.' : undefined}
        />
      </div>
      <div className="tenon-savebar">
        <Button type="submit" variant="contained" color="success" disabled={change.isPending}>
          Change password
        </Button>
      </div>
    </Paper>
  );
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function useChangePassword(onChanged: () => void) {
  const provider = useTenonProvider();
  const { session } = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  return useMutation<unknown, HttpError, Passwords>({
    mutationFn: (passwords) => provider.query(DOCUMENT, { ...passwords }),
    onSuccess: () => {
      onChanged();
      session.forget();
      notify('Your password was changed.', { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: ['installation'] });
      void queryClient.invalidateQueries({ queryKey: ['auth'] });
    },
  });
}

function readErrors(error: HttpError | null): Record<string, string> {
  const body: unknown = error?.body;
  if (typeof body !== 'object' || body === null || !('errors' in body)) return {};
  return body.errors as Record<string, string>;
}

interface PasswordRowProps {
  name: string;
  label: string;
  autoComplete: string;
  error: string | undefined;
  help?: string;
}

function PasswordRow({ name, label, autoComplete, error, help }: PasswordRowProps) {
  const id = `password-${name}`;
  return (
    <FieldRow label={label} inputId={id} required error={error} help={help}>
      <OutlinedInput
        id={id}
        name={name}
        type="password"
        required
        fullWidth
        size="small"
        autoComplete={autoComplete}
        error={error !== undefined}
      />
    </FieldRow>
  );
}
