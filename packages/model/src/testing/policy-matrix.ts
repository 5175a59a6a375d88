import type { Person } from './two-sites.js';

/** Names of rows by person; who is missing has none. */
type Table = Partial<Record<Person, readonly string[]>>;

/** How the tables call the rows of an entity, in SQL. */
export const NAMES: Record<string, string> = {
  User: `select id, split_part(email, '@', 1) as name from user_account`,
  Slice: 'select id, name from slice',
  Instance: `select i.id, coalesce(p.message, 'own') as name from instance i
    left join tenant_with_instance t on t.instance_id = i.id left join page_tenant p on p.id = t.id`,
  SitePrivilege: `select p.id, p.role as name from site_privilege p`,
  SlicePrivilege: `select p.id, s.name || ' ' || split_part(u.email, '@', 1) as name from slice_privilege p
    join slice s on s.id = p.slice_id join user_account u on u.id = p.user_id`,
  ServicePrivilege: `select p.id, split_part(u.email, '@', 1) as name from service_privilege p join user_account u on u.id = p.user_id`,
  Network: 'select id, name from network',
  Port: `select o.id, coalesce(p.message, 'own') || ' ' || n.role as name from port o join network n on n.id = o.network_id
    left join tenant_with_instance t on t.instance_id = o.instance_id left join page_tenant p on p.id = t.id`,
  Run: 'select id, object_label as name from run',
  RunEvent: 'select e.id, r.object_label as name from run_event e join run r on r.id = e.run_id',
  Service: 'select id, name from service',
  PageService: 'select id, name from service',
  Tenant: 'select id, message as name from page_tenant',
  PageTenant: 'select id, message as name from page_tenant',
};

const labTenants = ['t1', 't2', 't3'];
const ofLab = ['LabPages'];
const labSlices = ['lab_empty', 'lab_pages'];
const onLabPages = ['lab_pages member', 'lab_pages padmin', 'lab_pages sliceAdmin'];
const onLab = ['lab_empty padmin', ...onLabPages];
const atLab = ['customer', 'member', 'pi', 'serviceAdmin', 'siteAdmin', 'sliceAdmin', 'tech'];
const labRuns = ['t1', 't2', 't3'];
const networksOf = (...slices: string[]) => slices.flatMap((slice) => [`${slice}-nat`, `${slice}-private`]);
const portsOf = (...names: string[]) => names.flatMap((name) => [`${name} nat`, `${name} private`]);

/** What each person sees; who is missing sees nothing, the admin sees everything. */
export const SEES: Record<string, Table> = {
  Service: {
    customer: ofLab,
    member: ofLab,
    sliceAdmin: ofLab,
    serviceAdmin: ofLab,
    pi: ofLab,
    siteAdmin: ofLab,
  },
  Slice: {
    member: ['lab_pages'],
    sliceAdmin: ['lab_pages'],
    serviceAdmin: ['lab_pages'],
    pi: labSlices,
    siteAdmin: labSlices,
  },
  Tenant: {
    customer: ['t3'],
    member: labTenants,
    sliceAdmin: labTenants,
    serviceAdmin: labTenants,
    pi: labTenants,
    siteAdmin: labTenants,
  },
  Instance: {
    customer: ['t3'],
    member: labTenants,
    sliceAdmin: labTenants,
    serviceAdmin: labTenants,
    pi: ['own', ...labTenants],
    siteAdmin: ['own', ...labTenants],
  },
  Network: {
    customer: networksOf('lab_pages'),
    member: networksOf('lab_pages'),
    sliceAdmin: networksOf('lab_pages'),
    serviceAdmin: networksOf('lab_pages'),
    pi: networksOf(...labSlices),
    siteAdmin: networksOf(...labSlices),
  },
  Port: {
    customer: portsOf('t3'),
    member: portsOf(...labTenants),
    sliceAdmin: portsOf(...labTenants),
    serviceAdmin: portsOf(...labTenants),
    pi: portsOf('own', ...labTenants),
    siteAdmin: portsOf('own', ...labTenants),
  },
  Run: {
    customer: ['t3'],
    member: labRuns,
    sliceAdmin: labRuns,
    serviceAdmin: ['gone', ...labRuns],
    pi: labRuns,
    siteAdmin: labRuns,
  },
  SitePrivilege: { tech: ['tech'], pi: ['admin', 'pi', 'tech'], siteAdmin: ['admin', 'pi', 'tech'] },
  SlicePrivilege: {
    member: ['lab_pages member'],
    sliceAdmin: onLabPages,
    serviceAdmin: onLabPages,
    pi: onLab,
    siteAdmin: onLab,
  },
  ServicePrivilege: { serviceAdmin: ['serviceAdmin'] },
  User: {
    stranger: ['stranger'],
    customer: ['customer'],
    member: ['member'],
    sliceAdmin: ['member', 'padmin', 'sliceAdmin'],
    serviceAdmin: ['member', 'padmin', 'serviceAdmin', 'sliceAdmin'],
    tech: ['tech'],
    pi: ['padmin', ...atLab],
    siteAdmin: ['padmin', ...atLab],
  },
};

/** What each person may update. */
export const UPDATES: Record<string, Table> = {
  Service: { serviceAdmin: ofLab },
  Slice: { sliceAdmin: ['lab_pages'], serviceAdmin: ['lab_pages'], pi: labSlices, siteAdmin: labSlices },
  Tenant: {
    customer: ['t3'],
    member: ['t2'],
    sliceAdmin: labTenants,
    serviceAdmin: labTenants,
    pi: labTenants,
    siteAdmin: labTenants,
  },
  Instance: {
    sliceAdmin: labTenants,
    serviceAdmin: labTenants,
    pi: ['own', ...labTenants],
    siteAdmin: ['own', ...labTenants],
  },
  SitePrivilege: { siteAdmin: ['admin', 'pi', 'tech'] },
  SlicePrivilege: { sliceAdmin: onLabPages, serviceAdmin: onLabPages, pi: onLab, siteAdmin: onLab },
  ServicePrivilege: { serviceAdmin: ['serviceAdmin'] },
  User: {
    stranger: ['stranger'],
    customer: ['customer'],
    member: ['member'],
    sliceAdmin: ['sliceAdmin'],
    serviceAdmin: ['serviceAdmin'],
    tech: ['tech'],
    pi: atLab,
    siteAdmin: atLab,
  },
};

/** Where each person may create: `lab` the site, slice or service of that name. */
export const CREATES: Record<string, Table> = {
  Slice: { pi: ['lab'], siteAdmin: ['lab'] },
  Node: { tech: ['lab'], siteAdmin: ['lab'] },
  SitePrivilege: { siteAdmin: ['lab'] },
  Instance: { sliceAdmin: ['lab_pages'], serviceAdmin: ['lab_pages'], pi: labSlices, siteAdmin: labSlices },
  SlicePrivilege: {
    sliceAdmin: ['lab_pages'],
    serviceAdmin: ['lab_pages'],
    pi: labSlices,
    siteAdmin: labSlices,
  },
  Tenant: { member: ofLab, sliceAdmin: ofLab, serviceAdmin: ofLab, pi: ofLab, siteAdmin: ofLab },
  ServicePrivilege: { serviceAdmin: ofLab },
};

/** Where rows of an entity are, in SQL. */
export const PLACES: Record<string, string> = {
  Slice: 'select id, login_base as name from site',
  Node: 'select id, login_base as name from site',
  SitePrivilege: 'select id, login_base as name from site',
  Instance: 'select id, name from slice',
  SlicePrivilege: 'select id, name from slice',
  Tenant: 'select id, name from service',
  ServicePrivilege: 'select id, name from service',
};

// The classes of a service package have the policies of their base classes.
for (const table of [SEES, UPDATES, CREATES, PLACES] as Record<string, unknown>[]) {
  if ('Service' in table) table['PageService'] = table['Service'];
  if ('Tenant' in table) table['PageTenant'] = table['Tenant'];
}
