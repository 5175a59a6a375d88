import { flag, integer, longText, reference, text } from '../field.js';

/** A set of machines and networks that belongs to a site. */
export const sliceFields = {
  name: text({
    label: 'Name',
    required: true,
    createOnly: true,
    maxLength: 80,
    // The rule for what a name begins with needs the site, so it is one of the slice's model policies.
    pattern: {
      expression: /^[a-z0-9_.-]+$/i,
      message: 'slice name must not contain spaces or special characters',
    },
    trim: false,
    help: 'The Name of the Slice; it begins with the login base of its site',
  }),
  enabled: flag({ label: 'Enabled', default: true, help: 'Status for this Slice' }),
  description: longText({
    label: 'Description',
    maxLength: 1024,
    help: 'High level description of the slice and expected activities',
  }),
  site: reference({
    label: 'Site',
    to: 'Site',
    required: true,
    createOnly: true,
    help: 'The Site this Slice belongs to',
  }),
  service: reference({ label: 'Service', to: 'Service', help: 'The Service this Slice works for' }),
  creator: reference({ label: 'Creator', to: 'User', help: 'Empty means you' }),
  maxInstances: integer({
    label: 'Max instances',
    min: 0,
    max: 10_000,
    default: 10,
    help: 'The most machines this Slice may have',
  }),
  defaultImage: reference({
    label: 'Default image',
    to: 'Image',
    help: "Empty means the deployment's default",
  }),
  defaultFlavor: reference({ label: 'Default flavor', to: 'Flavor', help: 'Empty means the default flavor' }),
};
