import { defineModule } from '../module.js';
import { gatherFacts } from './setup.js';
import { setupOptions } from './setup-options.js';

export const gatherFactsAction = defineModule({
  name: 'gather_facts',
  summary: 'Gathers facts about the machine, as a play does at its start.',
  checkMode: 'supported',
  options: {
    ...setupOptions,
    parallel: { type: 'bool', help: 'Without effect: there is one module that gathers.' },
  },
  examples: `
- gather_facts:
`,
  returns: { ansible_facts: 'The facts, each with ansible_ in front of its name.' },
  run: (args) => gatherFacts(args),
});
