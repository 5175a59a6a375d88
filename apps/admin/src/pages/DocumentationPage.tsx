import { Box, Link, Paper, Typography } from '@mui/material';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { StatusIcon } from '@tenon/service-kit/admin/StatusIcon';
import { SYNC_STATES } from '@tenon/service-kit/admin/sync-states';
import { LinkBase } from 'react-admin';

import { services } from '../resources/services.js';
import { MEANINGS, stepsWith, WORDS } from './documentation.js';

/** What one needs to know to work with these pages; the rest is in the docs folder of the repository. */
export function DocumentationPage() {
  return (
    <>
      <PageHeader title="Documentation" crumbs={[{ label: 'Documentation' }]} />
      <Box sx={{ display: 'grid', gap: 2, maxWidth: 820 }}>
        <Section title="The tutorial">
          <Box component="ol" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.75 }}>
            {services
              .slice(0, 1)
              .flatMap(stepsWith)
              .map(({ text, to, link }) => (
                <li key={text}>
                  {text}{' '}
                  <Link component={LinkBase} to={to} underline="always">
                    {link}
                  </Link>
                </li>
              ))}
          </Box>
        </Section>
        <Section title="Words">
          <Definitions entries={WORDS.map(([term, meaning]) => [term, term, meaning])} />
        </Section>
        <Section title="States">
          <Definitions
            entries={Object.entries(SYNC_STATES).map(([state, { word }]) => [
              state,
              <Box key={state} sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}>
                <span aria-hidden>
                  <StatusIcon state={state} text={word} />
                </span>
                {word}
              </Box>,
              MEANINGS[state as keyof typeof MEANINGS],
            ])}
          />
        </Section>
      </Box>
    </>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Paper variant="outlined" component="section" sx={{ p: 2.5 }}>
      <Typography component="h2" variant="h2" gutterBottom>
        {title}
      </Typography>
      {children}
    </Paper>
  );
}

function Definitions({ entries }: { entries: readonly (readonly [string, React.ReactNode, string])[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '140px 1fr' },
        columnGap: 2,
        rowGap: 0.75,
      }}
    >
      {entries.map(([key, term, meaning]) => (
        <Box key={key} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ fontWeight: 600 }}>
            {term}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {meaning}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
