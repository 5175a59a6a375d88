import { Box, Button, Paper, Typography } from '@mui/material';
import { CopyText } from '@tenon/service-kit/admin/CopyText';

/** In place of a page that broke. Nothing that was saved is lost by it. */
export function ErrorPage({ error }: { error: Error }) {
  return (
    <Box role="alert">
      <Typography component="h1" variant="h1" gutterBottom>
        This page broke
      </Typography>
      <Paper variant="outlined" sx={{ p: 3, display: 'grid', gap: 2, justifyItems: 'start' }}>
        <Typography>
          This is a mistake in Tenon, not in what you did. Please report this sentence with it:
        </Typography>
        <CopyText text={error.message} what="the error" />
        <Button variant="contained" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
      </Paper>
    </Box>
  );
}
