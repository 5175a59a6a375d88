import { Box, IconButton, Select, Typography } from '@mui/material';
import { useListContext } from 'react-admin';

import { Icon } from './icons.js';
import type { ModelScreens } from './model-screens.js';

const PAGE_SIZES = [10, 25, 50, 100];

/** How many there are, and the way to the others. */
export function ListPager({ screens }: { screens: ModelScreens }) {
  const { page, perPage, setPage, setPerPage, total = 0, data = [] } = useListContext();
  const first = total === 0 ? 0 : (page - 1) * perPage + 1;
  const last = first + data.length - (total === 0 ? 0 : 1);

  return (
    <Box component="nav" aria-label="Pages" className="tenon-pager">
      <Typography variant="body2" color="textSecondary">
        {total <= perPage && page === 1
          ? `${total} ${total === 1 ? screens.label : screens.labelPlural}`
          : `${first}–${last} of ${total} ${screens.labelPlural}`}
      </Typography>
      {(total > perPage || page > 1 || perPage !== PAGE_SIZES[1]) && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, ml: 'auto' }}>
          <Select
            native
            size="small"
            value={perPage}
            onChange={(event) => setPerPage(event.target.value)}
            slotProps={{ input: { 'aria-label': 'Rows per page' } }}
          >
            {PAGE_SIZES.map((size) => (
              <option key={size} value={size}>{`${size} per page`}</option>
            ))}
          </Select>
          <IconButton aria-label="Previous page" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            <Icon name="chevronLeft" />
          </IconButton>
          <IconButton
            aria-label="Next page"
            disabled={page * perPage >= total}
            onClick={() => setPage(page + 1)}
          >
            <Icon name="chevronRight" />
          </IconButton>
        </Box>
      )}
    </Box>
  );
}
