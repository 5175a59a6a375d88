import { flag, text } from '../field.js';

/** A place of one organisation: it owns users and slices. */
export const siteFields = {
  name: text({ label: 'Name', required: true, maxLength: 200, help: 'Name for this Site' }),
  enabled: flag({ label: 'Enabled', default: true, help: 'Status for this Site' }),
  loginBase: text({
    label: 'Login base',
    required: true,
    createOnly: true,
    maxLength: 50,
    pattern: {
      expression: /^[a-z][a-z0-9-]*$/,
      message: 'Use lower-case letters, digits and hyphens, a letter first.',
    },
    help: 'Prefix for Slices associated with this Site',
  }),
  abbreviatedName: text({ label: 'Abbreviated name', maxLength: 80 }),
  siteUrl: text({ label: 'Site URL', maxLength: 512, help: "Site's Home URL Page" }),
};
