import { useState } from 'react';
import { Button } from '@mui/material';
import {
  useDelete,
  useLocation,
  useNotify,
  useRecordContext,
  useRedirect,
  type HttpError,
} from 'react-admin';
import { useFormContext } from 'react-hook-form';

import { DeleteDialog } from './DeleteDialog.js';
import { Icon } from './icons.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';

/** Deletes the object of a form after naming what will be destroyed with it. */
export function ImpactDeleteButton({ screens }: { screens: ModelScreens }) {
  const record = useRecordContext<TenonRecord>();
  const [open, setOpen] = useState(false);
  const { reset } = useFormContext();
  const notify = useNotify();
  const redirect = useRedirect();
  const { pathname } = useLocation();
  const [deleteOne, { isPending, error }] = useDelete<TenonRecord, HttpError>();
  if (!record || record.can?.delete === false || record['syncState'] === 'DELETING') return null;

  const confirm = (): void => {
    void deleteOne(
      screens.name,
      { id: record.id, previousData: record },
      {
        mutationMode: 'pessimistic',
        onSuccess: () => {
          // What was typed is moot now and must not hold the page back.
          reset(record);
          notify(`The ${screens.label} "${record.label}" ${screens.synced ? 'is being' : 'was'} deleted.`, {
            type: 'success',
            leaving: pathname,
          });
          redirect('list', screens.name);
        },
      },
    );
  };

  return (
    <>
      <Button color="error" variant="text" startIcon={<Icon name="trash" />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      {open && (
        <DeleteDialog
          screens={screens}
          records={[record]}
          pending={isPending}
          problem={error?.message}
          onConfirm={confirm}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
