import { Skeleton } from '@mui/material';
import { EditBase, useEditContext } from 'react-admin';

import { crumbsOf } from './Breadcrumbs.js';
import { ImpactDeleteButton } from './ImpactDeleteButton.js';
import { LoadProblem } from './LoadProblem.js';
import type { ModelScreens } from './model-screens.js';
import { PageHeader } from './PageHeader.js';
import { RecordForm } from './RecordForm.js';
import type { TenonRecord } from './records.js';
import { isChangeable } from './resource.js';

/** A page that says itself what is wrong needs no banner about it, and no redirect away from it. */
const QUIET = { onError: () => undefined };

/** The page of one object: "Change Example Service". */
export function RecordEdit({ screens }: { screens: ModelScreens }) {
  return (
    <EditBase<TenonRecord>
      resource={screens.name}
      mutationMode="pessimistic"
      queryOptions={QUIET}
      redirectOnError={false}
    >
      <EditBody screens={screens} />
    </EditBase>
  );
}

function EditBody({ screens }: { screens: ModelScreens }) {
  const { record, error, isPending } = useEditContext<TenonRecord>();
  const title = isChangeable(screens) ? `Change ${screens.label}` : screens.label;
  if (error) return <LoadProblem error={error} screens={screens} />;
  if (isPending) return <EditSkeleton title={title} screens={screens} />;

  return (
    <>
      <PageHeader title={title} subject={record.label} crumbs={crumbsOf(screens, record.label)} />
      {screens.Summary && <screens.Summary />}
      {/* The key keeps what was typed for one object away from the next. */}
      <RecordForm key={record.id} screens={screens} record={record}>
        {screens.readOnly !== true && <ImpactDeleteButton screens={screens} />}
      </RecordForm>
    </>
  );
}

function EditSkeleton({ title, screens }: { title: string; screens: ModelScreens }) {
  return (
    <>
      <PageHeader title={title} crumbs={crumbsOf(screens, '…')} />
      <Skeleton variant="rounded" height={320} role="status" aria-label="Loading" />
    </>
  );
}
