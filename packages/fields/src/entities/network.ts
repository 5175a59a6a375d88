import { choice, reference, text } from '../field.js';

const ROLES = [
  { value: 'nat', label: 'NAT: reachable from the operator' },
  { value: 'private', label: 'Private: between the machines of the slice' },
] as const;

/** How the networks of slices are made. */
export const networkTemplateFields = {
  name: text({ label: 'Name', required: true, maxLength: 32 }),
  description: text({ label: 'Description', maxLength: 1024 }),
  role: choice({ label: 'Role', required: true, choices: ROLES }),
};

/** A network of a slice. */
export const networkFields = {
  name: text({ label: 'Name', maxLength: 100, readOnly: true }),
  slice: reference({ label: 'Slice', to: 'Slice', readOnly: true }),
  template: reference({ label: 'Template', to: 'NetworkTemplate', readOnly: true }),
  role: choice({ label: 'Role', choices: ROLES, readOnly: true }),
  subnet: text({ label: 'Subnet', maxLength: 18, readOnly: true }),
};

/** The place of an instance in a network. */
export const portFields = {
  network: reference({ label: 'Network', to: 'Network', readOnly: true }),
  instance: reference({ label: 'Instance', to: 'Instance', readOnly: true }),
  address: text({ label: 'Address', maxLength: 45, readOnly: true }),
};
