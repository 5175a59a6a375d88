import { Box, Button, Typography } from '@mui/material';
import { useListContext } from 'react-admin';

import type { ModelScreens } from './model-screens.js';
import { useListFilters } from './use-list-filters.js';

/** What stands in place of an empty list: what this is and the next step, or how to see more, or what went wrong. */
export function ListEmpty({ screens }: { screens: ModelScreens }) {
  const { error, refetch } = useListContext();
  const { isFiltered, clear } = useListFilters();

  return (
    <Box sx={{ p: { xs: 3, sm: 5 }, display: 'grid', gap: 1.5, justifyItems: 'center', textAlign: 'center' }}>
      {error ? (
        <>
          <Typography component="h2" variant="h2">{`The ${screens.labelPlural} cannot be shown`}</Typography>
          <Typography role="alert">{error instanceof Error ? error.message : String(error)}</Typography>
          <Button variant="contained" onClick={() => void refetch()}>
            Try again
          </Button>
        </>
      ) : isFiltered ? (
        <>
          <Typography component="h2" variant="h2">{`No ${screens.labelPlural} match`}</Typography>
          <Button variant="outlined" onClick={clear}>
            Clear filters
          </Button>
        </>
      ) : (
        <>
          <Typography component="h2" variant="h2">{`No ${screens.labelPlural} yet`}</Typography>
          <Typography color="textSecondary" sx={{ maxWidth: '52ch' }}>
            {screens.description}
          </Typography>
        </>
      )}
    </Box>
  );
}
