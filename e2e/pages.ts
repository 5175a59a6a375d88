import type { APIRequestContext } from '@playwright/test';

import { query } from './api.js';

/** A page to look at: its name for files, and its path below /admin. */
export interface PageToSee {
  name: string;
  path: string;
}

const LISTS = [
  'core/site',
  'core/slice',
  'core/user',
  'core/deployment',
  'core/node',
  'core/image',
  'core/flavor',
  'core/networktemplate',
  'core/network',
  'core/port',
  'core/service',
  'core/tenant',
  'core/instance',
  'core/run',
  'core/siteprivilege',
  'core/sliceprivilege',
  'core/serviceprivilege',
  'exampleservice/exampleservice',
  'exampleservice/exampletenant',
];

const FORMS = LISTS.filter(
  (path) => !['core/network', 'core/port', 'core/service', 'core/tenant', 'core/run'].includes(path),
);

const TABS: Record<string, readonly string[]> = {
  'core/site': ['users', 'privileges', 'slices', 'nodes'],
  'core/slice': ['networks', 'privileges', 'instances'],
  'core/user': ['contact', 'slice-privileges', 'site-privileges'],
  'core/deployment': ['nodes', 'instances'],
  'core/network': ['ports'],
  'core/instance': ['ports'],
  'exampleservice/exampleservice': ['slices', 'synchronizer', 'tenants', 'privileges'],
  'exampleservice/exampletenant': ['runs'],
};

/** Kinds of object that have a page of their own, with the query that finds the newest of them. */
const OBJECTS: readonly (readonly [path: string, many: string])[] = [
  ['core/site', 'sites'],
  ['core/slice', 'slices'],
  ['core/user', 'users'],
  ['core/deployment', 'deployments'],
  ['core/node', 'nodes'],
  ['core/image', 'images'],
  ['core/flavor', 'flavors'],
  ['core/networktemplate', 'networkTemplates'],
  ['core/network', 'networks'],
  ['core/port', 'ports'],
  ['core/instance', 'instances'],
  ['core/run', 'runs'],
  ['exampleservice/exampleservice', 'exampleServices'],
  ['exampleservice/exampletenant', 'exampleTenants'],
];

/** Every page there is: those that always are, and those of the objects that this installation has. */
export async function everyPage(request: APIRequestContext): Promise<PageToSee[]> {
  const fixed = [
    '',
    'core',
    'exampleservice',
    'change-password',
    'documentation',
    'no-such-page',
    'core/slice/999999',
  ];
  const paths = [
    ...fixed,
    ...LISTS,
    ...FORMS.map((path) => `${path}/create`),
    'exampleservice/exampleservice/create/slices',
  ];
  const objects = await Promise.all(OBJECTS.map(([path, many]) => newestPages(request, path, many)));
  return [...paths, ...objects.flat()].map((path) => ({
    name: path === '' ? 'home' : path.replaceAll('/', '-'),
    path,
  }));
}

async function newestPages(request: APIRequestContext, path: string, many: string): Promise<string[]> {
  const document = `{ list: ${many}(sort: [{ field: "id", order: DESC }], perPage: 1) { items { id } } }`;
  const { list } = await query<{ list: { items: { id: number }[] } }>(request, document);
  const id = list.items[0]?.id;
  if (id === undefined) return [];
  return [`${path}/${id}`, ...(TABS[path] ?? []).map((tab) => `${path}/${id}/${tab}`)];
}
