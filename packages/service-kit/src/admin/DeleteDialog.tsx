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
import { useQueries, type UseQueryResult } from '@tanstack/react-query';

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
  const impacts = useImpacts(screens.name, records);
  const isRefused = impacts.some(({ isError }) => isError);
  const what = records.length === 1 ? screens.label : `${records.length} ${screens.labelPlural}`;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="tenon-delete-title">
      <DialogTitle id="tenon-delete-title">{`Delete ${what}?`}</DialogTitle>
      <DialogContent>
        {problem !== undefined && <Refusal text={problem} />}
        <Typography gutterBottom>{askedText(records.length, isRefused)}</Typography>
        <ul className="tenon-impact">
          {records.map((record, index) => (
            <li key={record.id}>
              <strong>{record.label}</strong>
              <Impact impact={impacts[index]} />
            </li>
          ))}
        </ul>
        {!isRefused && <Typography color="textSecondary">This cannot be undone.</Typography>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Cancel
        </Button>
        <Button color="error" variant="contained" disabled={pending || isRefused} onClick={onConfirm}>
          {`Delete ${what}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function askedText(count: number, isRefused: boolean): string {
  if (isRefused) return count === 1 ? 'This cannot be deleted:' : 'Not all of these can be deleted:';
  return count === 1 ? 'This will be deleted:' : 'These will be deleted:';
}

/** What the API says of each object: the labels of what goes with it, or why it cannot go. */
function useImpacts(resource: string, records: readonly TenonRecord[]): UseQueryResult<string[]>[] {
  const provider = useTenonProvider();
  return useQueries({
    queries: records.map(({ id }) => ({
      queryKey: [resource, 'deletionImpact', id],
      queryFn: () => provider.deletionImpact(resource, id),
      staleTime: 0,
    })),
  });
}

function Impact({ impact }: { impact: UseQueryResult<string[]> | undefined }) {
  if (impact === undefined || impact.isPending) return <Skeleton width={240} />;
  if (impact.error) return <Refusal text={impact.error.message} />;
  if (impact.data.length === 0) return null;
  return (
    <>
      {' and with it'}
      <ul>
        {impact.data.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function Refusal({ text }: { text: string }) {
  return (
    <Alert severity="error" role="alert" sx={{ my: 1, whiteSpace: 'pre-wrap' }}>
      {text}
    </Alert>
  );
}
