import { Breadcrumbs as MuiBreadcrumbs, Link, Typography } from '@mui/material';
import { LinkBase } from 'react-admin';

import type { ModelScreens } from './model-screens.js';

/** One step of the way to a page; the last one, the page itself, has no link. */
export interface Crumb {
  label: string;
  to?: string;
}

/** The way to a page: Home / Exampleservice / Example Services / MyExample. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  if (crumbs.length === 0) return null;
  return (
    <MuiBreadcrumbs aria-label="Breadcrumb" sx={{ mb: 0.75, fontSize: '0.8125rem' }}>
      <Link component={LinkBase} to="/">
        Home
      </Link>
      {crumbs.map((crumb) =>
        crumb.to === undefined ? (
          <Typography key={crumb.label} variant="inherit" color="textSecondary" aria-current="page">
            {crumb.label}
          </Typography>
        ) : (
          <Link key={crumb.label} component={LinkBase} to={crumb.to}>
            {crumb.label}
          </Link>
        ),
      )}
    </MuiBreadcrumbs>
  );
}

/** The steps to the pages of a resource; `last` is the page below its list. */
export function crumbsOf(screens: ModelScreens, last?: string): Crumb[] {
  const group: Crumb = { label: screens.group.title, to: `/${screens.group.path}` };
  if (last === undefined) return [group, { label: screens.labelPlural }];
  return [group, { label: screens.labelPlural, to: `/${screens.name}` }, { label: last }];
}
