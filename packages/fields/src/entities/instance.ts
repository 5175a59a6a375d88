import { integer, reference, text } from '../field.js';

/** A machine. */
export const instanceFields = {
  name: text({ label: 'Instance name', maxLength: 200, readOnly: true, help: 'The name of the machine' }),
  slice: reference({ label: 'Slice', to: 'Slice', required: true, createOnly: true }),
  creator: reference({ label: 'Creator', to: 'User', createOnly: true, help: 'Empty means you' }),
  deployment: reference({
    label: 'Deployment',
    to: 'Deployment',
    createOnly: true,
    help: 'Empty means the default deployment',
  }),
  node: reference({
    label: 'Node',
    to: 'Node',
    createOnly: true,
    help: 'Empty means the node with the fewest instances',
  }),
  image: reference({
    label: 'Image',
    to: 'Image',
    createOnly: true,
    help: "Empty means the slice's default",
  }),
  flavor: reference({
    label: 'Flavor',
    to: 'Flavor',
    createOnly: true,
    help: "Empty means the slice's default",
  }),
  machineId: text({ label: 'Instance id', maxLength: 200, readOnly: true }),
  sshHost: text({ label: 'SSH host', maxLength: 255, readOnly: true }),
  sshPort: integer({ label: 'SSH port', readOnly: true }),
  reachableAt: text({ label: 'Reachable at', maxLength: 255, readOnly: true }),
  hostKey: text({
    label: 'Host key',
    maxLength: 1024,
    readOnly: true,
    help: 'The public host key of this machine',
  }),
};
