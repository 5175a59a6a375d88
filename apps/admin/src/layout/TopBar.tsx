import { Box, IconButton, Link, Tooltip, Typography } from '@mui/material';
import { Icon } from '@tenon/service-kit/admin/icons';
import { LinkBase, useGetIdentity, useLogout } from 'react-admin';

import { useThemeMode } from '../theme/theme-mode.js';

/** Who is signed in, and what concerns him: documentation, password, log out, light or dark. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 1, sm: 2 },
        minHeight: 48,
        px: { xs: 1, sm: 3 },
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        fontSize: '0.8125rem',
      }}
    >
      <IconButton aria-label="Menu" onClick={onMenu} sx={{ display: { md: 'none' } }}>
        <Icon name="menu" />
      </IconButton>
      <Welcome />
      <Box
        component="nav"
        aria-label="Account"
        sx={{ display: 'flex', alignItems: 'center', gap: { xs: 0.5, sm: 2 }, ml: 'auto' }}
      >
        <AccountLink to="/documentation" icon="book" label="Documentation" />
        <AccountLink to="/change-password" icon="key" label="Change password" />
        <LogoutLink />
        <ThemeButton />
      </Box>
    </Box>
  );
}

function Welcome() {
  const { identity } = useGetIdentity();
  if (!identity) return null;
  return (
    <Typography noWrap sx={{ fontSize: 'inherit', minWidth: 0 }}>
      {'Welcome, '}
      <Link component={LinkBase} to={`/core/user/${identity.id}`}>
        {identity.fullName}
      </Link>
    </Typography>
  );
}

function AccountLink({ to, icon, label }: { to: string; icon: 'book' | 'key'; label: string }) {
  return (
    <Link component={LinkBase} to={to} sx={linkStyle}>
      <Icon name={icon} sx={{ display: { sm: 'none' } }} />
      <span>{label}</span>
    </Link>
  );
}

function LogoutLink() {
  const logout = useLogout();
  return (
    <Link component="button" type="button" onClick={() => void logout()} sx={linkStyle}>
      <Icon name="logout" sx={{ display: { sm: 'none' } }} />
      <span>Log out</span>
    </Link>
  );
}

/** On a narrow screen only the icon is seen; the word stays for screen readers. */
const linkStyle = {
  display: 'inline-flex',
  alignItems: 'center',
  justifyContent: 'center',
  whiteSpace: 'nowrap',
  fontSize: 'inherit',
  minWidth: { xs: 32, sm: 0 },
  minHeight: 32,
  '& span': { position: { xs: 'absolute', sm: 'static' }, clipPath: { xs: 'inset(50%)', sm: 'none' } },
};

function ThemeButton() {
  const [mode, choose] = useThemeMode();
  const next = mode === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip title={`Use ${next} colours`}>
      <IconButton size="small" aria-label={`Use ${next} colours`} onClick={() => choose(next)}>
        <Icon name={mode === 'dark' ? 'sun' : 'moon'} />
      </IconButton>
    </Tooltip>
  );
}
