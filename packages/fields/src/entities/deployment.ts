import { choice, flag, integer, reference, text } from '../field.js';

/** A place where instances can run. */
export const deploymentFields = {
  name: text({ label: 'Name', required: true, maxLength: 200, help: 'Name of the Deployment' }),
  driver: choice({
    label: 'Driver',
    required: true,
    createOnly: true,
    choices: [{ value: 'docker', label: 'Docker Engine API' }],
    help: 'What makes the machines',
  }),
  isDefault: flag({ label: 'Default', default: false, help: 'Takes the instances that name no deployment' }),
  defaultImage: reference({ label: 'Default image', to: 'Image', help: 'For slices that name no image' }),
};

/** A host that carries instances. */
export const nodeFields = {
  name: text({ label: 'Name', required: true, maxLength: 200, help: 'Name of the Node' }),
  site: reference({ label: 'Site', to: 'Site', required: true }),
  deployment: reference({ label: 'Deployment', to: 'Deployment', required: true }),
};

/** What a machine starts from. */
export const imageFields = {
  name: text({ label: 'Name', required: true, maxLength: 256, help: 'Name of the Image' }),
  loginUser: text({
    label: 'Login user',
    maxLength: 32,
    default: 'ubuntu',
    help: 'The user that can sign in',
  }),
};

/** The size of a machine. */
export const flavorFields = {
  name: text({
    label: 'Name',
    required: true,
    maxLength: 32,
    help: 'Name of this flavor, as shown to people',
  }),
  memoryMib: integer({ label: 'Memory', required: true, min: 64, max: 1_048_576, help: 'In MiB' }),
  cpus: integer({ label: 'CPUs', required: true, min: 1, max: 512 }),
  isDefault: flag({ label: 'Default', default: false, help: 'Taken where no flavor is named' }),
  order: integer({ label: 'Order', min: 0, max: 10_000, default: 0, help: 'Its place in lists' }),
};
