import { Button, Paper, Typography } from '@mui/material';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { LinkBase } from 'react-admin';

/** A page for which the person lacks the privilege. */
export function AccessDeniedPage() {
  return (
    <>
      <PageHeader title="You may not do this" crumbs={[{ label: 'Access denied' }]} />
      <Paper variant="outlined" sx={{ p: 3, display: 'grid', gap: 2, justifyItems: 'start' }}>
        <Typography>
          You have no privilege for this page. An administrator of the site, the slice or the service can
          grant it.
        </Typography>
        <Button component={LinkBase} to="/" variant="contained">
          Go to Home
        </Button>
      </Paper>
    </>
  );
}
