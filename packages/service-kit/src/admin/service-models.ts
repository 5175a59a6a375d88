import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { tenantWithInstanceFields } from '@tenon/fields/entities/tenant';
import type { FieldMap } from '@tenon/fields/field';

import { kindInput } from './kind-input.js';
import type { Column, FormTab, InputItem, ModelScreens } from './model-screens.js';
import { PlaybookInput } from './PlaybookInput.js';
import { providerInput } from './provider-input.js';
import { ServicePrivileges } from './ServicePrivileges.js';
import { SliceRowsInput } from './SliceRowsInput.js';
import { statusInput } from './status-input.js';
import { tenantDefaults } from './tenant-defaults.js';
import { tenantsTab } from './tenants-tab.js';
import { TenantRuns } from './TenantRuns.js';
import { TenantSummary } from './TenantSummary.js';

/** A resource of a service, before `defineScreens` puts it into the service's group. */
export type ServiceModel = Omit<ModelScreens, 'group'>;

interface ModelInput {
  /** Path of its pages: `exampleservice/exampletenant`. */
  name: string;
  /** GraphQL type; its queries follow from it: `exampleTenant`, `exampleTenants`. */
  type: string;
  label: string;
  labelPlural: string;
  fields: FieldMap;
  /** One sentence for the empty list: what this is. */
  description: string;
  columns: readonly Column[];
}

/** The screens of a kind of service: its details, its slices, how it is synchronized, its tenants and privileges. */
export function serviceModel(input: ModelInput & { tenant: string }): ServiceModel {
  const own = namesBeside(input.fields, { ...serviceFields, ...synchronizerFields });
  const shown = Object.keys(serviceFields).filter((name) => name !== 'kind');
  return {
    ...named(input),
    synced: true,
    extraInputs: ['slices'],
    select: { one: 'existingSlices: slices { id label syncState statusText site { id label } }' },
    dependsOn: ['Slice'],
    filters: ['enabled'],
    tabs: [
      { path: '', label: `${input.label} Details`, inputs: [statusInput, ...shown, ...own] },
      { path: 'slices', label: 'Slices', inputs: [{ name: 'slices', Input: SliceRowsInput }] },
      { path: 'synchronizer', label: 'Synchronizer', inputs: synchronizerInputs },
      tenantsTab(input.tenant),
      { path: 'privileges', label: 'Privileges', Content: ServicePrivileges, only: 'edit' },
    ],
  };
}

/** The screens of a kind of tenant that owns a machine: its own fields, where it is reached, and its runs. */
export function tenantModel(input: ModelInput & { service: string; kind: string }): ServiceModel {
  const own = namesBeside(input.fields, tenantWithInstanceFields);
  const details: FormTab = {
    path: '',
    label: 'Details',
    inputs: [statusInput, kindInput(input.kind), providerInput(input.service), 'instance', 'creator', ...own],
  };
  return {
    ...named(input),
    synced: true,
    select: {
      one: `curlCommand
        lastRun { id label outcome startedAt finishedAt }
        machine: instance { id label addresses sshCommand url syncState statusText }`,
    },
    dependsOn: ['Instance', 'Run', 'Service'],
    filters: ['provider'],
    useDefaults: tenantDefaults(input.service),
    Summary: TenantSummary,
    tabs: [details, { path: 'runs', label: 'Runs', Content: TenantRuns, only: 'edit' }],
  };
}

const synchronizerInputs: readonly InputItem[] = Object.keys(synchronizerFields).map((name) =>
  name === 'playbook' ? { name, Input: PlaybookInput } : name,
);

function named(input: ModelInput): Omit<ServiceModel, 'synced' | 'tabs'> {
  const { name, type, label, labelPlural, fields, description, columns } = input;
  const one = type.charAt(0).toLowerCase() + type.slice(1);
  return { name, type, one, many: `${one}s`, label, labelPlural, fields, description, columns };
}

/** The names of the fields that a service adds to those of its base. */
function namesBeside(fields: FieldMap, base: FieldMap): string[] {
  return Object.keys(fields).filter((name) => !(name in base));
}
