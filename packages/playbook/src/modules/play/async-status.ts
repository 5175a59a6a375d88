import { defineModule, failure } from '../module.js';

export const asyncStatus = defineModule({
  name: 'async_status',
  summary: 'Says whether a job that `async` has started is over, and what came of it.',
  checkMode: 'supported',
  options: {
    jid: { type: 'str', required: true, help: 'The `ansible_job_id` of the job.' },
    mode: { type: 'str', default: 'status', choices: ['status', 'cleanup'], help: 'Ask, or forget the job.' },
  },
  examples: `
- command: /usr/local/bin/long
  async: 3600
  poll: 0
  register: long
- async_status:
    jid: "{{ long.ansible_job_id }}"
  register: job
  until: job.finished
  retries: 100
`,
  returns: { ansible_job_id: 'The job.', finished: '1 when it is over.', started: '1' },
  // The run keeps the jobs (run/async/jobs.ts).
  run: () => failure('cannot run async_status on a machine'),
});
