import { Link, Paper, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { Icon } from '@tenon/service-kit/admin/icons';
import type { ModelScreens, ResourceGroup } from '@tenon/service-kit/admin/model-screens';
import { PageHeader } from '@tenon/service-kit/admin/PageHeader';
import { useRegistry } from '@tenon/service-kit/admin/registry-context';
import { LinkBase, useCanAccess } from 'react-admin';

/** The page of a group of resources: "Exampleservice administration", each with Change and Add. */
export function GroupPage({ group }: { group: ResourceGroup }) {
  const models = useRegistry().all.filter((screens) => screens.group.path === group.path);
  return (
    <>
      <PageHeader title={`${group.title} administration`} crumbs={[{ label: group.title }]} />
      <Paper variant="outlined" sx={{ maxWidth: 640 }}>
        <Typography
          component="h2"
          variant="h2"
          sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider' }}
        >
          {group.title}
        </Typography>
        <Table size="small" aria-label={`${group.title} administration`} className="tenon-group">
          <TableBody>
            {models.map((screens) => (
              <GroupRow key={screens.name} screens={screens} />
            ))}
          </TableBody>
        </Table>
      </Paper>
    </>
  );
}

function GroupRow({ screens }: { screens: ModelScreens }) {
  const { canAccess } = useCanAccess({ resource: screens.name, action: 'create' });
  const canAdd = canAccess === true && screens.readOnly !== true && screens.cannotAdd !== true;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ fontSize: '0.875rem' }}>
        {screens.labelPlural}
      </TableCell>
      <TableCell sx={{ width: 110 }}>
        <Link
          component={LinkBase}
          to={`/${screens.name}`}
          aria-label={`${verb(screens)} ${screens.labelPlural}`}
        >
          {verb(screens)}
        </Link>
      </TableCell>
      <TableCell sx={{ width: 110 }}>
        {canAdd && (
          <Link
            component={LinkBase}
            to={`/${screens.name}/create`}
            aria-label={`Add ${screens.label}`}
            sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
          >
            <Icon name="plus" sx={{ fontSize: '1rem', color: 'success.main' }} />
            Add
          </Link>
        )}
      </TableCell>
    </TableRow>
  );
}

function verb({ readOnly }: ModelScreens): string {
  return readOnly === true ? 'Show' : 'Change';
}
