import { Box, Skeleton, Typography } from '@mui/material';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { useGetIdentity } from 'react-admin';

import { EnginePanel } from './home/EnginePanel.js';
import { RecentRuns } from './home/RecentRuns.js';
import { ServicesPanel } from './home/ServicesPanel.js';
import { TenantsPanel } from './home/TenantsPanel.js';
import { useOverview } from './home/use-overview.js';

/** The first page: what there is, how it is doing, and what happened last. */
export function HomePage() {
  const { identity } = useGetIdentity();
  const { data, error } = useOverview();

  return (
    <>
      <PageHeader title={identity ? `Welcome, ${identity.fullName ?? ''}` : 'Welcome'} />
      {error && (
        <Typography role="alert" color="error">
          {error.message}
        </Typography>
      )}
      {data ? (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' },
            alignItems: 'start',
          }}
        >
          <Box sx={columnStyle}>
            <TenantsPanel counts={data.tenants} />
            <ServicesPanel services={data.services} />
          </Box>
          <Box sx={columnStyle}>
            <EnginePanel />
            <RecentRuns runs={data.runs} />
          </Box>
        </Box>
      ) : (
        !error && <Skeleton variant="rounded" height={240} role="status" aria-label="Loading" />
      )}
    </>
  );
}

const columnStyle = { display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)', minWidth: 0 };
