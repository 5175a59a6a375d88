import type { AlertProps, PaletteOptions, Theme } from '@mui/material';
import type { RaThemeOptions } from 'react-admin';

import { darkPalette, lightPalette } from './palettes.js';

/** The fonts of the reader's own system: nothing is fetched from anywhere. */
const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

/** A dense, quiet theme: small type, hairlines instead of shadows, no capitals, no ripples. */
function themeOf(palette: PaletteOptions): RaThemeOptions {
  return {
    palette,
    shape: { borderRadius: 6 },
    typography: {
      fontFamily: SANS,
      fontSize: 13,
      htmlFontSize: 16,
      h1: { fontSize: '1.375rem', fontWeight: 600, lineHeight: 1.3, letterSpacing: '-0.01em' },
      h2: { fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
      h3: { fontSize: '0.875rem', fontWeight: 600, lineHeight: 1.4 },
      body1: { fontSize: '0.875rem', lineHeight: 1.5 },
      body2: { fontSize: '0.8125rem', lineHeight: 1.5 },
      button: { textTransform: 'none', fontWeight: 500, fontSize: '0.8125rem' },
    },
    transitions: { create: () => 'none' },
    components: {
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: { minHeight: 34, paddingBlock: 5 },
          sizeSmall: { minHeight: 28, paddingBlock: 2 },
        },
      },
      MuiIconButton: { styleOverrides: { root: { borderRadius: 6 } } },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTooltip: { defaultProps: { enterDelay: 300, describeChild: true } },
      MuiLink: { defaultProps: { underline: 'hover' } },
      MuiOutlinedInput: { styleOverrides: { root: { backgroundColor: palette.background?.paper } } },
      MuiTableCell: { styleOverrides: { root: { borderColor: palette.divider } } },
      MuiTab: { styleOverrides: { root: { minHeight: 40, paddingInline: 14, textTransform: 'none' } } },
      MuiTabs: { styleOverrides: { root: { minHeight: 40 } } },
      MuiAlert: {
        defaultProps: { variant: 'outlined' },
        styleOverrides: {
          root: ({ theme, ownerState }: { theme: Theme; ownerState: AlertProps }) => {
            const tone = theme.palette[ownerState.severity ?? 'info'].main;
            return {
              paddingBlock: 1,
              alignItems: 'center',
              color: theme.palette.text.primary,
              borderColor: `color-mix(in srgb, ${tone} 45%, transparent)`,
              backgroundColor: `color-mix(in srgb, ${tone} 9%, ${theme.palette.background.paper})`,
            };
          },
          action: { paddingTop: 0 },
        },
      },
      MuiDialogTitle: {
        styleOverrides: { root: { fontSize: '1.125rem', fontWeight: 600, padding: '16px 20px' } },
      },
      MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px 16px' } } },
      MuiDialogActions: { styleOverrides: { root: { padding: '10px 20px 16px' } } },
      MuiDialog: { defaultProps: { transitionDuration: 0 } },
      MuiPopover: { defaultProps: { transitionDuration: 0 } },
    },
  };
}

export const lightTheme = themeOf(lightPalette);
export const darkTheme = themeOf(darkPalette);
