import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { defineModule, done } from '../module.js';
import { variableName } from './variable-name.js';

export const setStats = defineModule({
  name: 'set_stats',
  summary: 'Keeps numbers and texts for the summary of the run.',
  checkMode: 'supported',
  options: {
    data: { type: 'dict', required: true, help: 'Names and values.' },
    per_host: { type: 'bool', default: false, help: 'Of this host, not of the run.' },
    aggregate: { type: 'bool', default: true, help: 'Add to what is there.' },
  },
  examples: `
- set_stats:
    data:
      restarted: 1
`,
  returns: { ansible_stats: 'What was kept.' },
  run(args, context) {
    const data = new Map(
      [...args.data].map(([name, value]) => [variableName(plain(pyStr(name)), context), value]),
    );
    const { per_host: perHost, aggregate } = args;
    return done({
      changed: false,
      stats: { data, perHost, aggregate },
      returns: { ansible_stats: { data, per_host: perHost, aggregate } },
    });
  },
});
