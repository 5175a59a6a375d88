import { Link } from '@mui/material';
import { textOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { LinkBase } from 'react-admin';

/** What a run was for, as a link: `tenant-7` leads to the tenant, whose page knows its kind. */
export function RunObject({ run }: { run: TenonRecord }) {
  const [type, id] = textOf(run, 'objectKey').split('-');
  const label = textOf(run, 'objectLabel');
  if (type === undefined || id === undefined) return label;
  return (
    <Link component={LinkBase} to={`/core/${type}/${id}`}>
      {label}
    </Link>
  );
}
