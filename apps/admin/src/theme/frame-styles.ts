import type { CSSObject, Theme } from '@mui/material';

/** The page itself. */
export function pageStyles({ palette }: Theme): Record<string, CSSObject> {
  return {
    body: { backgroundColor: palette.background.default },
    ':focus-visible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: 2 },
    'main:focus': { outline: 'none' },
    '@keyframes tenon-spin': { to: { transform: 'rotate(360deg)' } },
    '.tenon-spin': { animation: 'tenon-spin 1.6s linear infinite' },
    '@media (prefers-reduced-motion: reduce)': { '.tenon-spin': { animation: 'none' } },
  };
}

/** Small helpers and facts. */
export function frameStyles({ palette, breakpoints }: Theme): Record<string, CSSObject> {
  return {
    '.tenon-hidden': {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
    '.tenon-skip': {
      position: 'absolute',
      left: 8,
      top: -60,
      zIndex: 2000,
      padding: '8px 12px',
      borderRadius: 6,
    },
    '.tenon-skip:focus': { top: 8, background: palette.background.paper, color: palette.primary.main },
    '.tenon-facts': {
      display: 'flex',
      flexWrap: 'wrap',
      gap: '12px 36px',
      padding: '12px 16px',
      marginBottom: 16,
    },
    '.tenon-fact-label': { fontSize: '0.75rem', color: palette.text.secondary, lineHeight: 1.6 },
    '.tenon-content': { padding: 24, maxWidth: 1320, [breakpoints.down('sm')]: { padding: 14 } },
    '.tenon-impact': { margin: '4px 0 12px', paddingLeft: 22, overflowWrap: 'anywhere' },
    '.tenon-impact ul': { paddingLeft: 18 },
  };
}
