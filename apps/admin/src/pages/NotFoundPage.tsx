import { Button, Paper, Typography } from '@mui/material';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { LinkBase, useLocation } from 'react-admin';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <>
      <PageHeader title="Page not found" crumbs={[{ label: 'Not found' }]} />
      <Paper variant="outlined" sx={{ p: 3, display: 'grid', gap: 2, justifyItems: 'start' }}>
        <Typography>
          There is nothing at <code className="tenon-code">{`/admin${pathname}`}</code>. The address may be
          mistyped, or it belongs to a service that is not installed.
        </Typography>
        <Button component={LinkBase} to="/" variant="contained">
          Go to Home
        </Button>
      </Paper>
    </>
  );
}
