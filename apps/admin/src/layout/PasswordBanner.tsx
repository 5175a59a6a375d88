import { Alert, Button } from '@mui/material';
import { useInstallation } from '@tenon/service-kit/admin/use-installation';
import { LinkBase, useLocation } from 'react-admin';

/** Warns while the password that everybody knows still opens the door, and leads to the way out. */
export function PasswordBanner() {
  const { data } = useInstallation();
  const { pathname } = useLocation();
  if (data?.defaultPassword !== true || pathname === '/change-password') return null;

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
      This installation still has its default password. Until it is changed, Tenon listens on this machine
      only.
    </Alert>
  );
}
