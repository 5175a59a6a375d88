import { Box, Link, Typography } from '@mui/material';
import { Moment } from '@tenon/service-kit/admin/Moment';
import { OutcomeText } from '@tenon/service-kit/admin/OutcomeText';
import { textOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { LinkBase } from 'react-admin';

import { Panel } from './Panel.js';
import { rowStyle } from './ServicesPanel.js';

/** What the synchronizer did last. */
export function RecentRuns({ runs }: { runs: TenonRecord[] }) {
  return (
    <Panel
      title="Recent runs"
      action={
        <Link component={LinkBase} to="/core/run">
          All runs
        </Link>
      }
    >
      {runs.length === 0 && (
        <Typography color="textSecondary" sx={{ p: 2 }}>
          The synchronizer has not run a playbook yet.
        </Typography>
      )}
      {runs.map((run) => (
        <Box key={run.id} sx={rowStyle}>
          <Link component={LinkBase} to={`/core/run/${run.id}`} sx={{ flexShrink: 0 }}>
            <OutcomeText outcome={textOf(run, 'outcome')} />
          </Link>
          <Typography noWrap sx={{ minWidth: 0 }}>
            {textOf(run, 'objectLabel')}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ ml: 'auto', whiteSpace: 'nowrap' }}>
            <Moment value={textOf(run, 'startedAt')} />
          </Typography>
        </Box>
      ))}
    </Panel>
  );
}
