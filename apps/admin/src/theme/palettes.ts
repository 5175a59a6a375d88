import type { PaletteOptions } from '@mui/material';

/** Light: paper on a cool grey, one blue for what can be clicked. Every text colour has 4.5 : 1 on every ground. */
export const lightPalette: PaletteOptions = {
  mode: 'light',
  primary: { main: '#2b59c3', dark: '#21469b', contrastText: '#ffffff' },
  secondary: { main: '#55607a' },
  success: { main: '#17784a', dark: '#10603a', contrastText: '#ffffff' },
  warning: { main: '#9a5b00' },
  error: { main: '#c0291f', dark: '#9d2018', contrastText: '#ffffff' },
  info: { main: '#1c6aa8' },
  background: { default: '#f5f6f8', paper: '#ffffff' },
  text: { primary: '#1b2130', secondary: '#59637a', disabled: '#6d7588' },
  divider: '#e1e4ea',
  action: { hover: '#f2f4f8', selected: '#eaf0fc' },
};

/** Dark: the same relations on a blue black. */
export const darkPalette: PaletteOptions = {
  mode: 'dark',
  primary: { main: '#8ab0ff', dark: '#a9c5ff', contrastText: '#0d1220' },
  secondary: { main: '#a3adc2' },
  success: { main: '#58c48a', dark: '#7ad4a3', contrastText: '#06140c' },
  warning: { main: '#e2ad55' },
  error: { main: '#ff8f86', dark: '#ffaca5', contrastText: '#1e0503' },
  info: { main: '#72bdf0' },
  background: { default: '#0e1117', paper: '#151a22' },
  text: { primary: '#e4e8f0', secondary: '#9ba6ba', disabled: '#8791a5' },
  divider: '#272e3a',
  action: { hover: '#1b212c', selected: '#1b2740' },
};
