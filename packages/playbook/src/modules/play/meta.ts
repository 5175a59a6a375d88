import { defineModule, failure } from '../module.js';

/** What `meta` can do here; the run loop does it (run/meta.ts). */
export const metaActions = [
  'flush_handlers',
  'noop',
  'end_play',
  'end_host',
  'end_batch',
  'clear_host_errors',
  'clear_facts',
  'refresh_inventory',
  'reset_connection',
] as const;

export const meta = defineModule({
  name: 'meta',
  summary: 'Tells the engine itself to do something.',
  checkMode: 'supported',
  options: { cmd: { type: 'str', required: true, choices: metaActions, help: 'What to do.' } },
  freeForm: [],
  examples: `
- meta: flush_handlers
`,
  returns: {},
  run: () => failure('cannot run meta on a machine'),
});
