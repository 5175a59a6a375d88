import type { ReactNode } from 'react';
import { Box, Paper, Typography } from '@mui/material';

/** One block of the first page. */
export function Panel({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Paper variant="outlined" component="section" aria-label={title}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          px: 2,
          py: 1.25,
          borderBottom: 1,
          borderColor: 'divider',
          gap: 1,
        }}
      >
        <Typography component="h2" variant="h2">
          {title}
        </Typography>
        <Box sx={{ ml: 'auto', fontSize: '0.8125rem' }}>{action}</Box>
      </Box>
      {children}
    </Paper>
  );
}
