import { Button, Paper, Typography } from '@mui/material';
import { LinkBase, useRefresh } from 'react-admin';

import { sentenceOf, statusOf } from './api-error.js';
import { crumbsOf } from './Breadcrumbs.js';
import type { ModelScreens } from './model-screens.js';
import { PageHeader } from './PageHeader.js';

/** The page in place of an object that cannot be shown: it is gone, it may not be seen, or the API did not answer. */
export function LoadProblem({ error, screens }: { error: unknown; screens: ModelScreens }) {
  const refresh = useRefresh();
  const isMissing = statusOf(error) === 404;
  const title = isMissing ? `No such ${screens.label}` : `This ${screens.label} cannot be shown`;

  return (
    <>
      <PageHeader title={title} crumbs={crumbsOf(screens, 'Not found')} />
      <Paper variant="outlined" sx={{ p: 3, display: 'grid', gap: 2, justifyItems: 'start' }}>
        <Typography>
          {isMissing
            ? 'It was deleted, it never existed, or you have no privilege to see it.'
            : `${sentenceOf(error)} Nothing was changed.`}
        </Typography>
        {isMissing ? (
          <Button component={LinkBase} to={`/${screens.name}`} variant="contained">
            {`Show all ${screens.labelPlural}`}
          </Button>
        ) : (
          <Button variant="contained" onClick={() => refresh()}>
            Try again
          </Button>
        )}
      </Paper>
    </>
  );
}
