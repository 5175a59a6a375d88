import { fromJs, markUnsafe } from '@tenon/jinja/values';
import { factScript } from './fact-script.js';
import { defineModule, done, failure } from './module.js';
import { readFacts } from './read-facts.js';

export const setup = defineModule({
  name: 'setup',
  summary: 'Gathers facts about the machine, without Python on it.',
  checkMode: 'supported',
  options: {
    gather_subset: { type: 'list', default: ['all'], help: 'Without effect: the set is small.' },
    gather_timeout: { type: 'int', default: 10, help: 'Without effect.' },
    filter: { type: 'list', default: [], help: 'Without effect.' },
    fact_path: { type: 'path', default: '/etc/ansible/facts.d', help: 'Without effect.' },
  },
  examples: `
- setup:
`,
  returns: { ansible_facts: 'distribution, os_family, hostname, addresses, memory, date, environment …' },
  run() {
    return {
      plan: {
        script: factScript,
        interpret(output) {
          if (output.rc !== 0 && output.stdout.length === 0)
            return failure(`cannot gather facts: ${output.stderr.toString().trim()}`);
          const facts = readFacts(output.stdout.toString());
          const marked = new Map(
            Object.entries(facts).map(([name, value]) => [name, markUnsafe(fromJs(value))]),
          );
          return done({ changed: false, gathered: marked, returns: { ansible_facts: facts } });
        },
      },
    };
  },
});
