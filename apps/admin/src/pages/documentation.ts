import type { ServiceScreens } from '@tenon/service-kit/admin/define-screens';
import type { SyncState } from '@tenon/service-kit/admin/sync-states';

/** A step of the tutorial, with where it is done. */
export interface Step {
  text: string;
  to: string;
  link: string;
}

/** The way through the tutorial with one of the installed services. */
export function stepsWith({ group, models }: ServiceScreens): Step[] {
  const [service, tenant] = models;
  if (!service || !tenant) return [];
  const tenants = { to: `/${tenant.name}`, link: tenant.labelPlural };
  return [
    { text: 'See what there is to administer.', to: `/${group.path}`, link: `${group.title} administration` },
    {
      text: 'Add a service: give it a name and a version, and on the tab Slices a slice at your site.',
      to: `/${service.name}/create`,
      link: `Add ${service.label}`,
    },
    {
      text: 'Add a tenant. Its machine is made and configured while you watch.',
      to: `/${tenant.name}/create`,
      link: `Add ${tenant.label}`,
    },
    {
      text: 'On the page of the tenant, copy the curl command and run it: the answer is what the tenant says.',
      ...tenants,
    },
    { text: 'Change the tenant, save, and run curl again. The machine and its address stay.', ...tenants },
    { text: 'See what the synchronizer did, task by task.', to: '/core/run', link: 'Runs' },
  ];
}

/** The words of these pages. */
export const WORDS: readonly (readonly [string, string])[] = [
  ['Service', 'A kind of thing that is offered. A service package defines what it is.'],
  ['Slice', 'A set of machines and networks that belongs to a site and may belong to a service.'],
  ['Tenant', "One customer's use of a service."],
  ['Instance', 'The machine of a tenant, with its own root, address and SSH.'],
  ['Site', 'An organisation: it owns users and slices. Names of slices begin with its login base.'],
  ['Deployment', 'A place where instances can run.'],
  ['Synchronizer', 'What makes the machines agree with the model, by running a playbook, again and again.'],
  ['Run', 'One execution of a playbook for one object.'],
];

/** What each state means for the person who looks at it. */
export const MEANINGS: Record<SyncState, string> = {
  ERROR: 'The last try failed. It is tried again by itself; the sentence beside it says why and when.',
  BLOCKED: 'It cannot succeed before a person changes something; the sentence says what.',
  WAITING: 'Something else must happen first. Nothing is wrong.',
  PENDING: 'It was changed and will be carried out.',
  SYNCING: 'The synchronizer is at it.',
  IN_SYNC: 'The machine is what the model says.',
  PAUSED: 'Its service is disabled.',
  DELETING: 'It is being taken down; the row goes when the machine is gone.',
};
