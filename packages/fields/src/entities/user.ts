import { flag, longText, reference, text } from '../field.js';

/** A person who signs in. The email is the login name. */
export const userFields = {
  email: text({
    label: 'Email',
    required: true,
    maxLength: 255,
    pattern: {
      expression: /^[^\s@]+@[^\s@]+$/,
      message: 'Enter an email address, such as name@example.org.',
    },
    help: 'The name to sign in with',
  }),
  firstname: text({ label: 'First name', required: true, maxLength: 200, help: "Person's given name" }),
  lastname: text({ label: 'Last name', required: true, maxLength: 200, help: "Person's surname" }),
  phone: text({ label: 'Phone', maxLength: 100, help: 'Phone number contact' }),
  site: reference({ label: 'Site', to: 'Site', required: true, help: 'Site this user will be homed to' }),
  publicKey: longText({
    label: 'Public key',
    maxLength: 16384,
    help: 'SSH public keys, one a line; they open the machines of the slices this user belongs to',
  }),
  isActive: flag({ label: 'Is active', default: true, help: 'May sign in' }),
  isAdmin: flag({ label: 'Is admin', default: false, help: 'May see and change everything' }),
  isReadonly: flag({ label: 'Is readonly', default: false, help: 'May change nothing' }),
};
