import { useGetIdentity, useGetOne } from 'react-admin';

import { textOf, type TenonRecord } from './records.js';

/** What the name of a slice of this site begins with: `mysite_`. */
export function slicePrefix(site: TenonRecord): string {
  return `${textOf(site, 'loginBase')}_`;
}

/** Whether a slice has no name of its own yet, so that its prefix may follow its site. */
export function isBarePrefix(name: unknown): boolean {
  return name === null || name === undefined || (typeof name === 'string' && /^([a-z0-9-]*_)?$/.test(name));
}

/** The site of the person at the screen; undefined until it is known. */
export function useMySite(): TenonRecord | undefined {
  const { identity } = useGetIdentity();
  const siteId: unknown = identity?.['siteId'];
  const { data } = useGetOne<TenonRecord>(
    'core/site',
    { id: typeof siteId === 'number' ? siteId : 0 },
    { enabled: typeof siteId === 'number' },
  );
  return data;
}
