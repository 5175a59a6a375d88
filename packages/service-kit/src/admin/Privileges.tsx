import { useState } from 'react';
import {
  Alert,
  Box,
  Button,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useCreate, useGetList, useRecordContext, type HttpError } from 'react-admin';

import { ReferenceLink } from './FieldValue.js';
import { ObjectPicker } from './ObjectPicker.js';
import { PrivilegeRemoveButton } from './PrivilegeRemoveButton.js';
import { textOf, type Reference, type TenonRecord } from './records.js';
import { useRegistry } from './registry-context.js';

interface PrivilegesProps {
  /** Resource of the privileges: `core/sliceprivilege`. */
  resource: string;
  /** Field by which they point to the object on the page: `slice`. */
  target: string;
}

/** The privileges on the object of the page. They are granted and withdrawn at once, beside the form. */
export function Privileges({ resource, target }: PrivilegesProps) {
  const record = useRecordContext<TenonRecord>();
  const { data = [], isPending } = useGetList<TenonRecord>(
    resource,
    {
      filter: { [`${target}Id`]: record?.id },
      pagination: { page: 1, perPage: 100 },
      sort: { field: 'id', order: 'ASC' },
    },
    { enabled: record !== undefined },
  );
  const roles = useRoles(resource);
  if (!record) return null;

  return (
    <Box>
      {data.length > 0 ? (
        <div className="tenon-table-box">
          <Table size="small" className="tenon-table" aria-label="Privileges">
            <TableHead>
              <TableRow>
                <TableCell>User</TableCell>
                <TableCell>Role</TableCell>
                <TableCell>Delete?</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {data.map((privilege) => (
                <TableRow key={privilege.id}>
                  <TableCell data-label="User">
                    <ReferenceLink record={privilege} name="user" to="User" />
                  </TableCell>
                  <TableCell data-label="Role">
                    {roles.find((role) => role.value === textOf(privilege, 'role'))?.label ??
                      textOf(privilege, 'role')}
                  </TableCell>
                  <TableCell data-label="Delete?">
                    <PrivilegeRemoveButton resource={resource} privilege={privilege} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      ) : (
        !isPending && (
          <Typography color="textSecondary" sx={{ p: 2 }}>
            Nobody has a privilege here yet.
          </Typography>
        )
      )}
      {record.can?.update !== false && <GrantForm resource={resource} target={target} record={record} />}
    </Box>
  );
}

function useRoles(resource: string): readonly { value: string; label: string }[] {
  const role = useRegistry().byName(resource).fields['role'];
  return role?.kind === 'choice' ? role.choices : [];
}

function GrantForm({ resource, target, record }: PrivilegesProps & { record: TenonRecord }) {
  const users = useRegistry().byName('core/user');
  const roles = useRoles(resource);
  const [user, setUser] = useState<Reference | null>(null);
  const [role, setRole] = useState(roles[0]?.value ?? '');
  const [create, { isPending, error }] = useCreate<TenonRecord, HttpError>();
  const grant = (): void => {
    const data = { userId: user?.id ?? null, [`${target}Id`]: record.id, role };
    void create(resource, { data }, { onSuccess: () => setUser(null) });
  };

  return (
    <Box sx={{ p: 1.5 }}>
      {error && (
        <Alert severity="error" role="alert" sx={{ mb: 1 }}>
          {error.message}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Box sx={{ width: { xs: '100%', sm: 320 } }}>
          <ObjectPicker resource={users} chosen={user} onChoose={setUser} label="User" />
        </Box>
        <Select
          native
          size="small"
          value={role}
          onChange={(event) => setRole(event.target.value)}
          slotProps={{ input: { 'aria-label': 'Role' } }}
        >
          {roles.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <Button variant="outlined" disabled={user === null || isPending} onClick={grant}>
          Add privilege
        </Button>
      </Box>
    </Box>
  );
}
