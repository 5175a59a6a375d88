import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';

import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';
import { useTenonProvider } from './tenon-provider.js';

interface DeleteDialogProps {
  screens: ModelScreens;
  records: readonly TenonRecord[];
  pending: boolean;
  /** Why the last try was refused. */
  problem?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before deleting, and says what goes with it: the API names it, the UI never guesses. */
export function DeleteDialog({ screens, records, pending, problem, onConfirm, onClose }: DeleteDialogProps) {
  const what = records.length === 1 ? screens.label : `${records.length} ${screens.labelPlural}`;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="tenon-delete-title">
      <DialogTitle id="tenon-delete-title">{`Delete ${what}?`}</DialogTitle>
      <DialogContent>
        {problem !== undefined && (
          <Alert severity="error" role="alert" sx={{ mb: 2, whiteSpace: 'pre-wrap' }}>
            {problem}
          </Alert>
        )}
        <Typography gutterBottom>
          {records.length === 1 ? 'This will be deleted:' : 'These will be deleted:'}
        </Typography>
        <ul className="tenon-impact">
          {records.map((record) => (
            <li key={record.id}>
              <strong>{record.label}</strong>
              <Impact resource={screens.name} id={record.id} />
            </li>
          ))}
        </ul>
        <Typography color="textSecondary">This cannot be undone.</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Cancel
        </Button>
        <Button color="error" variant="contained" disabled={pending} onClick={onConfirm}>
          {`Delete ${what}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Impact({ resource, id }: { resource: string; id: number }) {
  const provider = useTenonProvider();
  const { data, error, isPending } = useQuery({
    queryKey: [resource, 'deletionImpact', id],
    queryFn: () => provider.deletionImpact(resource, id),
    staleTime: 0,
  });
  if (isPending) return <Skeleton width={240} />;
  if (error) return <Typography color="error">{error.message}</Typography>;
  if (data.length === 0) return null;
  return (
    <>
      {' and with it'}
      <ul>
        {data.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
