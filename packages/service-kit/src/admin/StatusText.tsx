import { Box, Typography } from '@mui/material';
import { useRecordContext } from 'react-admin';

import { FieldRow } from './FieldRow.js';
import { Moment } from './Moment.js';
import { numberOf, textOf, type TenonRecord } from './records.js';
import { StatusIcon } from './StatusIcon.js';
import { SyncNowButton } from './SyncNowButton.js';
import { PENDING_TEXT } from './sync-states.js';

/** The row "Backend status text": the state of the object as icon and sentence, and what happens next. */
export function StatusText() {
  const record = useRecordContext<TenonRecord>();
  const sentence = textOf(record, 'statusText') || PENDING_TEXT;

  return (
    <FieldRow label="Backend status text">
      <Box className="tenon-status" sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Box aria-hidden sx={{ pt: '1px' }}>
          <StatusIcon state={record?.['syncState']} text={sentence} />
        </Box>
        <Box sx={{ minWidth: 0 }}>
          <Typography
            role="status"
            sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
            data-testid="status-text"
          >
            {sentence}
          </Typography>
          <NextTry record={record} />
        </Box>
        {record && <SyncNowButton />}
      </Box>
    </FieldRow>
  );
}

function NextTry({ record }: { record: TenonRecord | undefined }) {
  const attempts = numberOf(record, 'attempts') ?? 0;
  const next = textOf(record, 'nextAttemptAt');
  const enacted = textOf(record, 'enacted');
  if (attempts > 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {attempts === 1 ? '1 failed attempt' : `${attempts} failed attempts`}
        {next && (
          <>
            , next try <Moment value={next} />
          </>
        )}
      </Typography>
    );
  }
  if (!enacted) return null;
  return (
    <Typography variant="body2" color="textSecondary">
      Last success <Moment value={enacted} />
    </Typography>
  );
}
