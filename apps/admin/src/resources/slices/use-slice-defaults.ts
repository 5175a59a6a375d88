import { slicePrefix, useMySite } from '@tenon/service-kit/admin/slice-prefix';
import { useGetIdentity } from 'react-admin';

/** A new slice starts at the person's own site, with what its name has to begin with. */
export function useSliceDefaults(): Record<string, unknown> {
  const { identity } = useGetIdentity();
  const site = useMySite();
  return { siteId: site?.id ?? null, name: site ? slicePrefix(site) : null, creatorId: identity?.id ?? null };
}
