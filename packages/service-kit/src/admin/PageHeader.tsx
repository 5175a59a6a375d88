import { useEffect, type ReactNode } from 'react';
import { Box, Typography } from '@mui/material';

import { Breadcrumbs, type Crumb } from './Breadcrumbs.js';

interface PageHeaderProps {
  title: string;
  /** What the page is about, after the title in a quieter voice. */
  subject?: string | undefined;
  crumbs?: readonly Crumb[];
  children?: ReactNode;
}

/** The head of every page: where it is, what it is, and what can be done. */
export function PageHeader({ title, subject, crumbs = [], children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${subject === undefined ? title : `${subject} · ${title}`} · Tenon`;
  }, [title, subject]);

  return (
    <Box component="header" sx={{ mb: 2 }}>
      <Breadcrumbs crumbs={crumbs} />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1.5,
          alignItems: 'center',
          justifyContent: 'space-between',
        }}
      >
        <Typography component="h1" variant="h1" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {title}
          {subject !== undefined && (
            <>
              {' '}
              <Typography component="span" variant="inherit" color="textSecondary" sx={{ fontWeight: 400 }}>
                {subject}
              </Typography>
            </>
          )}
        </Typography>
        {children !== undefined && <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{children}</Box>}
      </Box>
    </Box>
  );
}
