import { Box, Drawer, Link, List, ListItem, Typography } from '@mui/material';
import { Icon, type IconName } from '@tenon/service-kit/admin/icons';
import { LinkBase, useLocation } from 'react-admin';

import { services } from '../resources/services.js';
import { Logo } from './Logo.js';

const WIDTH = 216;

interface Entry {
  label: string;
  to: string;
  icon: IconName;
}

const MAIN: readonly Entry[] = [
  { label: 'Home', to: '/', icon: 'home' },
  { label: 'Deployments', to: '/core/deployment', icon: 'globe' },
  { label: 'Sites', to: '/core/site', icon: 'pin' },
  { label: 'Slices', to: '/core/slice', icon: 'slice' },
  { label: 'Users', to: '/core/user', icon: 'users' },
  { label: 'Services', to: '/core/service', icon: 'services' },
  { label: 'Instances', to: '/core/instance', icon: 'server' },
  { label: 'Runs', to: '/core/run', icon: 'run' },
  { label: 'Core', to: '/core', icon: 'chip' },
];

/** The main menu: beside the page where there is room, else in a drawer. */
export function Sidebar({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <>
      <Box
        sx={{
          display: { xs: 'none', md: 'block' },
          width: WIDTH,
          flexShrink: 0,
          borderRight: 1,
          borderColor: 'divider',
          bgcolor: 'background.paper',
        }}
      >
        <Box sx={{ position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto' }}>
          <Menu />
        </Box>
      </Box>
      <Drawer open={open} onClose={onClose} sx={{ display: { md: 'none' } }}>
        <Box sx={{ width: WIDTH }} onClick={onClose}>
          <Menu />
        </Box>
      </Drawer>
    </>
  );
}

function Menu() {
  return (
    <Box component="nav" aria-label="Main">
      <Link
        component={LinkBase}
        to="/"
        underline="none"
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          px: 2,
          height: 48,
          color: 'text.primary',
          fontWeight: 650,
        }}
      >
        <Logo />
        Tenon
      </Link>
      <List sx={{ px: 1, py: 0.5 }}>
        {MAIN.map((entry) => (
          <MenuEntry key={entry.to} {...entry} />
        ))}
      </List>
      {services.map(({ kind, group, models }) => (
        <Box key={kind}>
          <Typography
            component="h2"
            sx={{ px: 2, pt: 1.5, pb: 0.25, fontSize: '0.75rem', fontWeight: 600, color: 'text.secondary' }}
          >
            <Link component={LinkBase} to={`/${kind}`} color="inherit">
              {group.title}
            </Link>
          </Typography>
          <List sx={{ px: 1, py: 0.5 }}>
            {models.map((model) => (
              <MenuEntry key={model.name} label={model.labelPlural} to={`/${model.name}`} icon="list" />
            ))}
          </List>
        </Box>
      ))}
    </Box>
  );
}

function MenuEntry({ label, to, icon }: Entry) {
  const { pathname } = useLocation();
  const exact = to === '/' || to === '/core';
  const active = exact ? pathname === to : pathname === to || pathname.startsWith(`${to}/`);
  return (
    <ListItem disablePadding>
      <Link
        component={LinkBase}
        to={to}
        underline="none"
        {...(active && { 'aria-current': 'page' as const })}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          width: '100%',
          px: 1,
          py: 0.75,
          borderRadius: 1,
          fontSize: '0.8125rem',
          fontWeight: active ? 600 : 450,
          color: active ? 'primary.main' : 'text.primary',
          bgcolor: active ? 'action.selected' : 'transparent',
          '&:hover': { bgcolor: active ? 'action.selected' : 'action.hover' },
        }}
      >
        <Icon name={icon} sx={{ color: active ? 'primary.main' : 'text.secondary', fontSize: '1.125rem' }} />
        {label}
      </Link>
    </ListItem>
  );
}
