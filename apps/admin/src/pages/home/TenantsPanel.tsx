import { Box, Link, Typography } from '@mui/material';
import { StatusIcon } from '@tenon/service-kit/admin/StatusIcon';
import { SYNC_STATES, type SyncState } from '@tenon/service-kit/admin/sync-states';
import { LinkBase } from 'react-admin';

import { services } from '../../resources/services.js';
import { Panel } from './Panel.js';

/** The tenants by state; each figure leads to its tenants. */
export function TenantsPanel({ counts }: { counts: Record<SyncState, number> }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <Panel title="Tenants" action={`${total} in all`}>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(128px, 1fr))', p: 1 }}>
        {Object.entries(SYNC_STATES).map(([state, { word }]) => (
          <StateCount key={state} state={state as SyncState} word={word} count={counts[state as SyncState]} />
        ))}
      </Box>
    </Panel>
  );
}

function StateCount({ state, word, count }: { state: SyncState; word: string; count: number }) {
  const quiet = count === 0;
  return (
    <Link
      component={LinkBase}
      to={tenantsIn(state)}
      underline="none"
      sx={{ p: 1, borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } }}
    >
      <Typography
        component="span"
        sx={{
          display: 'block',
          fontSize: '1.375rem',
          fontWeight: 600,
          lineHeight: 1.2,
          color: quiet ? 'text.disabled' : 'text.primary',
        }}
      >
        {count}
      </Typography>
      <Box
        component="span"
        sx={{
          display: 'flex',
          gap: 0.75,
          alignItems: 'center',
          color: 'text.secondary',
          fontSize: '0.8125rem',
        }}
      >
        <Box
          component="span"
          aria-hidden
          sx={{ display: 'inline-flex', filter: quiet ? 'grayscale(1)' : 'none' }}
        >
          <StatusIcon state={state} text={word} />
        </Box>
        {word}
      </Box>
    </Link>
  );
}

/** With one kind of tenant its own list, filtered; with several the administration of the first. */
function tenantsIn(state: SyncState): string {
  const list = services[0]?.models.find((model) => model.type.endsWith('Tenant'));
  if (!list) return '/core/service';
  const filter = encodeURIComponent(JSON.stringify({ syncState: [state] }));
  return `/${list.name}?filter=${filter}`;
}
