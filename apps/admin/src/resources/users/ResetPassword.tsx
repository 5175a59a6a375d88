import { useState } from 'react';
import { Box, Button, OutlinedInput } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '@tenon/service-kit/admin/api-error';
import { FieldRow } from '@tenon/service-kit/admin/FieldRow';
import type { TenonRecord } from '@tenon/service-kit/admin/records';
import { useTenonProvider } from '@tenon/service-kit/admin/tenon-provider';
import { useGetIdentity, useNotify, useRecordContext } from 'react-admin';

const DOCUMENT = `mutation ResetPassword($userId: Int!, $password: String!) {
  done: resetPassword(userId: $userId, password: $password)
}`;

/** Gives a user a password, for administrators. It is set at once, beside the form. */
export function ResetPassword() {
  const record = useRecordContext<TenonRecord>();
  const { identity } = useGetIdentity();
  if (!record || identity?.['isAdmin'] !== true || identity.id === record.id) return null;
  return <PasswordRow user={record} />;
}

function PasswordRow({ user }: { user: TenonRecord }) {
  const [password, setPassword] = useState('');
  const provider = useTenonProvider();
  const notify = useNotify();
  const reset = useMutation({
    mutationFn: () => provider.query(DOCUMENT, { userId: user.id, password }),
    onSuccess: () => {
      setPassword('');
      notify(`The password of ${user.label} was set.`, { type: 'success' });
    },
  });

  return (
    <FieldRow
      label="New password"
      inputId="reset-password"
      help="It has to be changed at the next sign-in; all sessions of this user end."
      error={reset.error ? sentenceOf(reset.error) : undefined}
    >
      <Box sx={{ display: 'flex', gap: 1 }}>
        <OutlinedInput
          id="reset-password"
          type="password"
          size="small"
          fullWidth
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={reset.isError}
        />
        <Button
          variant="outlined"
          disabled={password === '' || reset.isPending}
          onClick={() => reset.mutate()}
          sx={{ whiteSpace: 'nowrap' }}
        >
          Set password
        </Button>
      </Box>
    </FieldRow>
  );
}
