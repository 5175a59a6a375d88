import { useState } from 'react';
import { Box, Button, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useListContext, useNotify } from 'react-admin';

import { DeleteDialog } from './DeleteDialog.js';
import { Icon } from './icons.js';
import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { useTenonProvider } from './tenon-provider.js';

/** What can be done with the selected rows: "1 of 3 selected", synchronize, delete. */
export function BulkActions({ screens }: { screens: ModelScreens }) {
  const { data = [], selectedIds, total = 0, onUnselectItems } = useListContext<TenonRecord>();
  const selected = data.filter((record) => selectedIds.includes(record.id));
  if (selected.length === 0) return null;

  return (
    <Box className="tenon-bulk" role="toolbar" aria-label="Selected rows">
      <Typography variant="body2">{`${selected.length} of ${total} selected`}</Typography>
      {screens.synced && <BulkSync screens={screens} selected={selected} />}
      <BulkDelete screens={screens} selected={selected} />
      <Button size="small" onClick={() => onUnselectItems()} sx={{ ml: 'auto' }}>
        Clear selection
      </Button>
    </Box>
  );
}

interface BulkProps {
  screens: ModelScreens;
  selected: readonly TenonRecord[];
}

function BulkSync({ screens, selected }: BulkProps) {
  const provider = useTenonProvider();
  const notify = useNotify();
  const sync = useMutation({
    mutationFn: () => Promise.all(selected.map((record) => provider.syncNow(screens.name, record.id))),
    onSuccess: () => notify('Synchronization was asked for.', { type: 'info' }),
    onError: (error) => notify(error.message, { type: 'error' }),
  });
  return (
    <Button
      size="small"
      startIcon={<Icon name="sync" />}
      disabled={sync.isPending}
      onClick={() => sync.mutate()}
    >
      Sync now
    </Button>
  );
}

function BulkDelete({ screens, selected }: BulkProps) {
  const [open, setOpen] = useState(false);
  const { onUnselectItems, refetch } = useListContext<TenonRecord>();
  const provider = useTenonProvider();
  const notify = useNotify();
  const deletion = useMutation({
    mutationFn: () =>
      deleteOneByOne(selected, (record) =>
        provider.delete(screens.name, { id: record.id, previousData: record }),
      ),
    onSuccess: () => {
      setOpen(false);
      onUnselectItems();
      notify(`${selected.length} ${screens.labelPlural} deleted.`, { type: 'success' });
    },
    onSettled: () => void refetch(),
  });
  const deletable = selected.filter((record) => record.can?.delete !== false);
  if (deletable.length < selected.length) return null;

  return (
    <>
      <Button size="small" color="error" startIcon={<Icon name="trash" />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      {open && (
        <DeleteDialog
          screens={screens}
          records={selected}
          pending={deletion.isPending}
          problem={deletion.error?.message}
          onConfirm={() => deletion.mutate()}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** One after the other, and every refusal is told with the name of its row. */
async function deleteOneByOne(
  records: readonly TenonRecord[],
  deleteOne: (record: TenonRecord) => Promise<unknown>,
): Promise<void> {
  const refusals: string[] = [];
  for (const record of records) {
    try {
      await deleteOne(record);
    } catch (error) {
      refusals.push(`${record.label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (refusals.length > 0) throw new Error(refusals.join('\n'));
}
