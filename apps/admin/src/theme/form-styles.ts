import type { CSSObject, Theme } from '@mui/material';

/** Forms: tabs, rows of label and input, and the bar that saves. */
export function formStyles({ palette, breakpoints }: Theme): Record<string, CSSObject> {
  return {
    '.tenon-form': { overflow: 'hidden' },
    '.tenon-tabs': { borderBottom: `1px solid ${palette.divider}`, paddingInline: 6 },
    '.tenon-faulty': { color: `${palette.error.main} !important`, fontWeight: 600 },
    '.tenon-panel[hidden]': { display: 'none' },
    '.tenon-rows': { padding: '6px 0' },
    '.tenon-row': {
      display: 'grid',
      gridTemplateColumns: '190px minmax(0, 640px)',
      gap: '4px 20px',
      padding: '9px 20px',
      [breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)', padding: '8px 14px' },
    },
    '.MuiDialogContent-root .tenon-row': { paddingInline: 0 },
    '.tenon-label': {
      fontSize: '0.8125rem',
      fontWeight: 500,
      color: palette.text.secondary,
      paddingTop: 7,
      [breakpoints.down('sm')]: { paddingTop: 0 },
    },
    '.tenon-required::after': { content: '" *" / ""', color: palette.error.main },
    '.tenon-help': { fontSize: '0.75rem', lineHeight: 1.5, color: palette.text.secondary, marginTop: 3 },
    '.tenon-error': { fontSize: '0.8125rem', lineHeight: 1.5, color: palette.error.main, marginTop: 3 },
    '.tenon-fixed': { paddingTop: 6, minHeight: 32, overflowWrap: 'anywhere', fontSize: '0.875rem' },
    '.tenon-status': { paddingTop: 6 },
    '.tenon-greyed': { background: palette.action.hover, color: palette.text.secondary },
    '.tenon-plus': {
      border: `1px solid ${palette.divider}`,
      color: palette.success.main,
      width: 38,
      height: 38,
    },
    '.tenon-savebar': {
      display: 'flex',
      flexWrap: 'wrap',
      gap: 8,
      padding: '12px 20px',
      borderTop: `1px solid ${palette.divider}`,
      background: palette.background.paper,
      position: 'sticky',
      bottom: 0,
      zIndex: 2,
      [breakpoints.down('sm')]: { padding: '10px 14px', position: 'static' },
    },
  };
}
