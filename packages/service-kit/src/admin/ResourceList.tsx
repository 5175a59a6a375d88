import { Button, Paper } from '@mui/material';
import { LinkBase, ListBase, useCanAccess, useListContext } from 'react-admin';

import { BulkActions } from './BulkActions.js';
import { crumbsOf } from './Breadcrumbs.js';
import { Icon } from './icons.js';
import { ListEmpty } from './ListEmpty.js';
import { ListFilters } from './ListFilters.js';
import { ListPager } from './ListPager.js';
import { ListTable } from './ListTable.js';
import type { ModelScreens } from './model-screens.js';
import { PageHeader } from './PageHeader.js';
import type { TenonRecord } from './records.js';
import { useListFilters } from './use-list-filters.js';

const BY_ID = { field: 'id', order: 'ASC' } as const;

/** The page that lists a resource: "Select Example Service to change". */
export function ResourceList({ screens }: { screens: ModelScreens }) {
  return (
    <ListBase<TenonRecord>
      resource={screens.name}
      perPage={25}
      sort={screens.defaultSort ?? BY_ID}
      exporter={false}
    >
      <PageHeader
        title={screens.readOnly === true ? screens.labelPlural : `Select ${screens.label} to change`}
        crumbs={crumbsOf(screens)}
      >
        {screens.AddButton ? <screens.AddButton /> : <AddButton screens={screens} />}
      </PageHeader>
      <ListBody screens={screens} />
    </ListBase>
  );
}

/** The green button that leads to the form for a new object, for those who may add one. */
export function AddButton({ screens }: { screens: ModelScreens }) {
  const { canAccess } = useCanAccess({ resource: screens.name, action: 'create' });
  if (canAccess !== true || screens.readOnly === true || screens.cannotAdd === true) return null;
  return (
    <Button
      component={LinkBase}
      to={`/${screens.name}/create`}
      variant="contained"
      color="success"
      startIcon={<Icon name="plus" />}
    >
      {`Add ${screens.label}`}
    </Button>
  );
}

function ListBody({ screens }: { screens: ModelScreens }) {
  const { total, isPending, error } = useListContext<TenonRecord>();
  const { isFiltered } = useListFilters();
  const isEmpty = !isPending && !error && total === 0;

  return (
    <>
      {(!isEmpty || isFiltered) && <ListFilters screens={screens} />}
      <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
        {isEmpty || error ? (
          <ListEmpty screens={screens} />
        ) : (
          <>
            {screens.readOnly !== true && <BulkActions screens={screens} />}
            <ListTable screens={screens} />
            <ListPager screens={screens} />
          </>
        )}
      </Paper>
    </>
  );
}
