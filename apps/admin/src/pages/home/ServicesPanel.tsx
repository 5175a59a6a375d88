import { Box, Button, Link, Typography } from '@mui/material';
import { textOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { StatusIcon } from '@tenon/service-kit/admin/StatusIcon';
import { LinkBase } from 'react-admin';

import { serviceModelOf, services } from '../../resources/services.js';
import { Panel } from './Panel.js';

/** The services there are, or how to make the first. */
export function ServicesPanel({ services: rows }: { services: TenonRecord[] }) {
  return (
    <Panel
      title="Services"
      action={
        <Link component={LinkBase} to="/core/service">
          All services
        </Link>
      }
    >
      {rows.length === 0 ? <FirstService /> : rows.map((row) => <ServiceRow key={row.id} row={row} />)}
    </Panel>
  );
}

function ServiceRow({ row }: { row: TenonRecord }) {
  const model = serviceModelOf(textOf(row, 'kind'));
  return (
    <Box sx={rowStyle}>
      <StatusIcon state={row['syncState']} text={textOf(row, 'statusText')} />
      <Link component={LinkBase} to={`/${model?.name ?? 'core/service'}/${row.id}`} sx={{ fontWeight: 500 }}>
        {row.label}
      </Link>
      <Typography variant="body2" color="textSecondary" sx={{ ml: 'auto' }}>
        {model?.label ?? textOf(row, 'kind')}
      </Typography>
    </Box>
  );
}

function FirstService() {
  return (
    <Box sx={{ p: 2.5, display: 'grid', gap: 1.5, justifyItems: 'start' }}>
      <Typography color="textSecondary">
        A service is a kind of thing that you offer. Give it a slice, then add tenants: each gets a machine of
        its own.
      </Typography>
      {services.map(({ models }) => {
        const model = models[0];
        return model ? (
          <Button
            key={model.name}
            component={LinkBase}
            to={`/${model.name}/create`}
            variant="contained"
            color="success"
          >
            {`Add ${model.label}`}
          </Button>
        ) : null;
      })}
    </Box>
  );
}

/** A line of a panel. */
export const rowStyle = {
  display: 'flex',
  alignItems: 'center',
  gap: 1.25,
  px: 2,
  py: 0.875,
  minWidth: 0,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-child': { borderBottom: 0 },
};
