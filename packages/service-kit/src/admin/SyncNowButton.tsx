import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useNotify, useRecordContext, useResourceContext } from 'react-admin';

import { Icon } from './icons.js';
import type { TenonRecord } from './records.js';
import { useTenonProvider } from './tenon-provider.js';

/** Has the object carried out now, without waiting for its back-off. */
export function SyncNowButton() {
  const record = useRecordContext<TenonRecord>();
  const resource = useResourceContext() ?? '';
  const provider = useTenonProvider();
  const notify = useNotify();
  const sync = useMutation({
    mutationFn: (id: number) => provider.syncNow(resource, id),
    onSuccess: () => notify('Synchronization was asked for.', { type: 'info' }),
    onError: (error) => notify(error.message, { type: 'error' }),
  });
  if (!record || record.can?.update === false) return null;

  return (
    <Button
      size="small"
      variant="text"
      startIcon={<Icon name="sync" />}
      disabled={sync.isPending}
      onClick={() => sync.mutate(record.id)}
      sx={{ ml: 'auto', flexShrink: 0, whiteSpace: 'nowrap', my: '-4px' }}
    >
      Sync now
    </Button>
  );
}
