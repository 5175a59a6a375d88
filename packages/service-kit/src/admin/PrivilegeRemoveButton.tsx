import { Button } from '@mui/material';
import { useDelete, useNotify, type HttpError } from 'react-admin';

import type { TenonRecord } from './records.js';

/** Withdraws one privilege. */
export function PrivilegeRemoveButton({ resource, privilege }: { resource: string; privilege: TenonRecord }) {
  const notify = useNotify();
  const [remove, { isPending }] = useDelete<TenonRecord, HttpError>();
  if (privilege.can?.delete === false) return null;

  return (
    <Button
      size="small"
      color="error"
      disabled={isPending}
      aria-label={`Remove ${privilege.label}`}
      onClick={() =>
        void remove(
          resource,
          { id: privilege.id, previousData: privilege },
          { mutationMode: 'pessimistic', onError: (error) => notify(error.message, { type: 'error' }) },
        )
      }
    >
      Remove
    </Button>
  );
}
