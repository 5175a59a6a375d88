import { defineModule, failure } from '../module.js';

export const fail = defineModule({
  name: 'fail',
  summary: 'Fails with a text.',
  checkMode: 'supported',
  options: { msg: { type: 'str', default: 'Failed as requested from task', help: 'Why.' } },
  examples: `
- fail:
    msg: This release is too old.
  when: ansible_distribution_major_version | int < 11
`,
  returns: { msg: 'The text.' },
  run: (args) => failure(args.msg),
});
