import type { CSSObject, Theme } from '@mui/material';

/** Lists: rows on a wide screen, cards on a narrow one. */
export function tableStyles(theme: Theme): Record<string, CSSObject> {
  const { palette, breakpoints } = theme;
  return {
    '.tenon-table th': {
      fontSize: '0.75rem',
      fontWeight: 600,
      color: palette.text.secondary,
      background: palette.action.hover,
      whiteSpace: 'nowrap',
      paddingInline: 12,
    },
    '.tenon-table-box': { overflowX: 'auto' },
    '.tenon-table td': { fontSize: '0.8125rem', verticalAlign: 'middle', paddingInline: 12 },
    '.tenon-table tbody tr:last-child td': { borderBottom: 0 },
    '.tenon-cell-link': { color: 'inherit', overflowWrap: 'anywhere' },
    '.tenon-cell-main': { color: palette.primary.main, fontWeight: 500 },
    '.tenon-cell-reference, .tenon-table .tenon-code': { whiteSpace: 'nowrap' },
    '.tenon-cell-status, .tenon-cell-id': { width: 1, whiteSpace: 'nowrap' },
    '.tenon-filters': { display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12, alignItems: 'center' },
    '.tenon-pager': {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: 8,
      padding: '8px 16px',
      minHeight: 46,
    },
    '.tenon-pager:not(:first-child)': { borderTop: `1px solid ${palette.divider}` },
    '.tenon-bulk': {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: 8,
      padding: '6px 16px',
      background: palette.action.selected,
      borderBottom: `1px solid ${palette.divider}`,
    },
    [breakpoints.down('sm')]: cardStyles(theme),
  };
}

function cardStyles({ palette }: Theme): CSSObject {
  return {
    '.tenon-table, .tenon-table tbody': { display: 'block' },
    '.tenon-table thead': { position: 'absolute', clipPath: 'inset(50%)', height: 1, overflow: 'hidden' },
    '.tenon-table tr': {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: 2,
      padding: '10px 14px',
      borderBottom: `1px solid ${palette.divider}`,
      position: 'relative',
    },
    '.tenon-table td': {
      display: 'flex',
      gap: 10,
      border: 0,
      padding: '3px 0',
      minHeight: 0,
      width: 'auto !important',
    },
    '.tenon-table td > *': { minWidth: 0 },
    '.tenon-cell-reference, .tenon-table .tenon-code': { whiteSpace: 'normal' },
    '.tenon-table td[data-label]:not([data-label=""])::before': {
      content: 'attr(data-label)',
      flex: '0 0 104px',
      fontSize: '0.75rem',
      lineHeight: 1.7,
      color: palette.text.secondary,
    },
    '.tenon-table td.MuiTableCell-paddingCheckbox': { position: 'absolute', right: 6, top: 6, padding: 0 },
  };
}
