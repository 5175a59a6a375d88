import { useState, type ReactNode } from 'react';
import { Box } from '@mui/material';
import { Navigate, useAuthState, useLocation } from 'react-admin';

import { LiveUpdates } from '../live/LiveUpdates.js';
import { Styles } from '../theme/Styles.js';
import { Banners } from './Banners.js';
import { ConnectionBanner } from './ConnectionBanner.js';
import { Guarded } from './Guarded.js';
import { PasswordBanner } from './PasswordBanner.js';
import { Sidebar } from './Sidebar.js';
import { TopBar } from './TopBar.js';

/** The frame of every page, for those who are signed in; the others are led to the login page and back. */
export function AppLayout({ children }: { children: ReactNode }) {
  const { isPending, authenticated } = useAuthState();
  const { pathname, search } = useLocation();
  if (isPending) return <Styles />;
  if (!authenticated)
    return <Navigate to="/login" state={{ nextPathname: pathname, nextSearch: search }} replace />;

  return (
    <>
      <LiveUpdates />
      <Styles />
      <Frame>{children}</Frame>
    </>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const [menuOpen, setMenuOpen] = useState(false);
  return (
    <Box sx={{ display: 'flex', minHeight: '100vh' }}>
      <a className="tenon-skip" href="#main">
        Skip to content
      </a>
      <Sidebar open={menuOpen} onClose={() => setMenuOpen(false)} />
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <TopBar onMenu={() => setMenuOpen(true)} />
        <Box component="main" id="main" tabIndex={-1} className="tenon-content" sx={{ width: '100%' }}>
          <ConnectionBanner />
          <PasswordBanner />
          <Banners />
          <Guarded>{children}</Guarded>
        </Box>
      </Box>
    </Box>
  );
}
