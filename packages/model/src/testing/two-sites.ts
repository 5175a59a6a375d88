import { slicePrivilegeDescription } from '../core-entities.js';
import { RunEvent } from '../entities/run-event.js';
import { Run } from '../entities/run.js';
import { Service } from '../entities/service.js';
import { Tenant } from '../entities/tenant.js';
import { newRow } from '../new-row.js';
import type { UserPrincipal } from '../principal.js';
import { deleteRow } from '../write.js';
import { createTestInstallation } from './installation.js';
import type { TestInstallation } from './installation.js';
import type { PageTenant } from './pages/pages.js';
import { pages } from './pages/pages.js';
import { World } from './world.js';

/** The people of the policy matrix; all but the stranger and the admin live at site lab. */
export const PEOPLE = [
  'stranger',
  'customer',
  'member',
  'sliceAdmin',
  'serviceAdmin',
  'tech',
  'pi',
  'siteAdmin',
  'admin',
] as const;

export type Person = (typeof PEOPLE)[number];

export interface TwoSites {
  installation: TestInstallation;
  people: Record<Person, UserPrincipal>;
}

/**
 * An installation with everything twice: site lab with the service LabPages, its slice lab_pages and the tenants t1
 * (of the admin), t2 (of the member), t3 (of the customer, who lost his slice privilege since) and slice lab_empty with
 * an instance of its own; site other with OtherPages, other_pages and t4. Every tenant has a run, and there is one of a
 * tenant of LabPages that is gone.
 */
export async function createTwoSites(): Promise<TwoSites> {
  const installation = await createTestInstallation([pages]);
  const world = new World(installation);
  const lab = await world.site('lab');
  const other = await world.site('other');
  const people = await addPeople(world, { lab: lab.id, other: other.id });
  const labPages = await world.service('LabPages');
  const otherPages = await world.service('OtherPages');
  const labSlice = await world.slice('lab_pages', { site: lab.id, service: labPages.id });
  const empty = await world.slice('lab_empty', { site: lab.id });
  await world.slice('other_pages', { site: other.id, service: otherPages.id });
  await grant(world, people, { site: lab.id, slice: labSlice.id, service: labPages.id });
  await world.onService(people.admin, otherPages.id);
  const passing = await world.onSlice(people.customer, labSlice.id, 'access');
  const tenants = [
    await world.tenant({ message: 't1', provider: labPages.id }),
    await world.as(people.member).tenant({ message: 't2', provider: labPages.id }),
    await world.as(people.customer).tenant({ message: 't3', provider: labPages.id }),
    await world.tenant({ message: 't4', provider: otherPages.id }),
  ];
  await deleteRow(installation.as(), slicePrivilegeDescription, passing.id);
  await world.instance({ slice: empty.id });
  await addRuns(installation, tenants, labPages.id);
  return { installation, people };
}

async function addPeople(
  world: World,
  sites: { lab: number; other: number },
): Promise<Record<Person, UserPrincipal>> {
  const at = (name: string, site: number) => world.addUser(name, { site });
  return {
    stranger: await at('stranger', sites.other),
    customer: await at('customer', sites.lab),
    member: await at('member', sites.lab),
    sliceAdmin: await at('sliceAdmin', sites.lab),
    serviceAdmin: await at('serviceAdmin', sites.lab),
    tech: await at('tech', sites.lab),
    pi: await at('pi', sites.lab),
    siteAdmin: await at('siteAdmin', sites.lab),
    admin: world.installation.admin,
  };
}

async function grant(
  world: World,
  people: Record<Person, UserPrincipal>,
  on: { site: number; slice: number; service: number },
): Promise<void> {
  await world.onSite(people.siteAdmin, on.site, 'admin');
  await world.onSite(people.pi, on.site, 'pi');
  await world.onSite(people.tech, on.site, 'tech');
  await world.onSlice(people.sliceAdmin, on.slice, 'admin');
  await world.onSlice(people.member, on.slice, 'access');
  await world.onService(people.serviceAdmin, on.service);
}

async function addRuns(
  installation: TestInstallation,
  tenants: PageTenant[],
  labPages: number,
): Promise<void> {
  const em = installation.asSystem();
  const add = (label: string, serviceId: number, tenantId: number | null): void => {
    const run = newRow(Run, {
      objectKey: `tenant-${tenantId ?? 99}`,
      objectLabel: label,
      tenant: tenantId === null ? null : em.getReference(Tenant, tenantId),
      service: em.getReference(Service, serviceId),
      playbook: 'page.yaml',
      trigger: 'edit',
      objectGeneration: 1,
      startedAt: new Date(),
      outcome: 'SUCCEEDED',
    });
    em.persist([run, em.create(RunEvent, { run, sequence: 1, at: new Date(), kind: 'recap', detail: {} })]);
  };
  for (const tenant of tenants) add(tenant.message, tenant.provider.id, tenant.id);
  add('gone', labPages, null);
  await em.flush();
}
