import { groupName } from './add-host.js';
import { defineModule, done } from '../module.js';

export const groupBy = defineModule({
  name: 'group_by',
  summary: 'Puts the host into a group of the run that a variable names.',
  checkMode: 'supported',
  options: {
    key: { type: 'raw', required: true, help: 'The group.' },
    parents: { type: 'list', default: ['all'], help: 'The groups above it.' },
  },
  examples: `
- group_by:
    key: os_{{ ansible_distribution | lower }}
`,
  returns: { add_group: 'The group.', parent_groups: 'Those above it.' },
  run(args) {
    const name = groupName(args.key);
    const parents = args.parents.map(groupName);
    return done({
      changed: false,
      addedGroup: { name, parents },
      returns: { add_group: name, parent_groups: parents },
    });
  },
});
