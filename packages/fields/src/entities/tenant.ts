import { reference, text } from '../field.js';

/** What every tenant has; a service package adds the fields of its own. */
export const tenantFields = {
  kind: text({ label: 'Kind', maxLength: 30, readOnly: true }),
  provider: reference({
    label: 'Provider service',
    to: 'Service',
    help: 'Empty means the first service of this kind',
  }),
  creator: reference({ label: 'Creator', to: 'User', help: 'Empty means you' }),
};

/** What a tenant that owns a machine has in addition. */
export const tenantWithInstanceFields = {
  ...tenantFields,
  instance: reference({ label: 'Instance', to: 'Instance', readOnly: true }),
};
