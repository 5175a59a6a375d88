import { isStr, plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { defineModule, done, failure } from '../module.js';

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
  run(args) {
    const data = new Map([...args.data].map(([name, value]) => [plain(pyStr(name)), value]));
    const wrong = [...args.data.keys()].find((name) => !isStr(name) || !/^[A-Za-z_]\w*$/.test(plain(name)));
    if (wrong !== undefined)
      return failure(
        `The variable name '${plain(pyStr(wrong))}' is not valid. Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.`,
      );
    const { per_host: perHost, aggregate } = args;
    return done({
      changed: false,
      stats: { data, perHost, aggregate },
      returns: { ansible_stats: { data, per_host: perHost, aggregate } },
    });
  },
});
