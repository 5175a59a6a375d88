import type { CSSObject, Theme } from '@mui/material';

const MONO =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

/** Code, and the output of runs. */
export function codeStyles({ palette }: Theme): Record<string, CSSObject> {
  return {
    '.tenon-code': {
      fontFamily: MONO,
      fontSize: '0.8125rem',
      background: palette.action.hover,
      border: `1px solid ${palette.divider}`,
      borderRadius: 4,
      padding: '1px 6px',
      overflowWrap: 'anywhere',
      minWidth: 0,
    },
    '.tenon-pre': {
      fontFamily: MONO,
      fontSize: '0.8125rem',
      lineHeight: 1.5,
      margin: 0,
      padding: '6px 10px',
      background: palette.background.default,
      border: `1px solid ${palette.divider}`,
      borderRadius: 4,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      maxHeight: 420,
      overflowY: 'auto',
    },
    '.tenon-run > * + *': { borderTop: `1px solid ${palette.divider}` },
    '.tenon-result': {
      fontFamily: MONO,
      fontSize: '0.8125rem',
      justifyContent: 'flex-start',
      textAlign: 'left',
      overflowWrap: 'anywhere',
      width: '100%',
      padding: '2px 0',
      minHeight: 0,
    },
  };
}
