import { Alert, Button } from '@mui/material';
import { useInstallation } from '@tenon/service-kit/admin/use-installation';
import { LinkBase, useGetIdentity, useLocation } from 'react-admin';

/** Warns while a password opens the door that others know, and leads to the way out. */
export function PasswordBanner() {
  const { data } = useInstallation();
  const { identity } = useGetIdentity();
  const { pathname } = useLocation();
  // Who cannot change the administrator's password is not told to.
  const isDefault = data?.defaultPassword === true && identity?.['isAdmin'] === true;
  const warning = isDefault ? DEFAULT : identity?.['mustChangePassword'] === true ? GIVEN : null;
  if (warning === null || pathname === '/change-password') return null;

  return (
    <Alert
      severity="warning"
      role="status"
      sx={{ mb: 2 }}
      action={
        <Button component={LinkBase} to="/change-password" color="inherit" size="small">
          Change it now
        </Button>
      }
    >
      {warning}
    </Alert>
  );
}

const DEFAULT =
  'This installation still has its default password. Until it is changed, Tenon listens on this machine only.';
const GIVEN = 'Your password was set by somebody else.';
