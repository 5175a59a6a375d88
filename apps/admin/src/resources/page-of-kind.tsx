import type { ComponentType } from 'react';
import { Skeleton } from '@mui/material';
import { LoadProblem } from '@tenon/service-kit/admin/LoadProblem';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { textOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { useRegistry } from '@tenon/service-kit/admin/registry-context';
import { HttpError, Navigate, useGetOne, useParams } from 'react-admin';

/** Makes the page of an object whose kind decides where it is really shown: it leads on to there. */
export function pageOfKind(
  resource: string,
  modelOf: (kind: string) => ModelScreens | undefined,
): ComponentType {
  return function PageOfKind() {
    const { id } = useParams<{ id: string }>();
    const screens = useRegistry().byName(resource);
    const { data, error } = useGetOne<TenonRecord>(resource, { id: Number(id) });
    if (error) return <LoadProblem error={error} screens={screens} />;
    if (!data) return <Skeleton variant="rounded" height={240} role="status" aria-label="Loading" />;

    const model = modelOf(textOf(data, 'kind'));
    if (model) return <Navigate to={`/${model.name}/${data.id}`} replace />;
    const missing = new HttpError(
      `Its kind ${textOf(data, 'kind')} is of a service package that is not installed.`,
      501,
    );
    return <LoadProblem error={missing} screens={screens} />;
  };
}
