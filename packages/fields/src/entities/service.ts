import { flag, integer, longText, text } from '../field.js';

/** What every service has; a service package may add fields of its own. */
export const serviceFields = {
  kind: text({ label: 'Kind', maxLength: 30, readOnly: true, help: 'Kind of service' }),
  name: text({ label: 'Name', required: true, maxLength: 30, help: 'Service Name' }),
  enabled: flag({
    label: 'Enabled',
    default: true,
    help: 'A disabled service takes no new tenants and is not synchronized',
  }),
  versionNumber: text({
    label: 'VersionNumber',
    required: true,
    maxLength: 30,
    help: 'Version of Service Definition',
  }),
  description: longText({ label: 'Description', maxLength: 254, help: 'Description of Service' }),
};

/** How the synchronizer treats the tenants of a service. */
export const synchronizerFields = {
  syncIntervalSeconds: integer({
    label: 'Sync interval',
    min: 5,
    max: 86_400,
    default: 30,
    help: 'Seconds between two looks at whether machine and model still agree',
  }),
  playbook: text({
    label: 'Playbook',
    maxLength: 200,
    pattern: { expression: /^[A-Za-z0-9][\w.-]*\.ya?ml$/, message: 'Choose a file of the playbooks folder.' },
    help: "A file of the playbooks folder; empty means the service's own",
  }),
  backoffEnabled: flag({
    label: 'Back-off',
    default: true,
    help: 'Wait longer after every failure; without it every sync interval tries again',
  }),
  loginUser: text({
    label: 'Login user',
    maxLength: 32,
    default: 'ubuntu',
    pattern: { expression: /^[a-z_][a-z0-9_-]*$/, message: 'Enter a user name, such as ubuntu.' },
    help: 'The user the synchronizer signs in as',
  }),
  publicKey: longText({
    label: 'Public key',
    maxLength: 1024,
    readOnly: true,
    help: 'The key the synchronizer signs in with',
  }),
};
