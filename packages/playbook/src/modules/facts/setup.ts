import { randomBytes } from 'node:crypto';
import { plain } from '@tenon/jinja/text';
import { fromJs, markUnsafe, type Value } from '@tenon/jinja/values';
import { pathWord } from '../../shell/path-word.js';
import { allSubsets } from './all-subsets.js';
import { chooseSubsets } from './choose-subsets.js';
import { filterFacts } from './filter-facts.js';
import { gatherScript } from './gather-script.js';
import { Printed } from './printed.js';
import type { Subset } from './subset.js';
import { setupOptions } from './setup-options.js';
import { defineModule, done, failure, type Step } from '../module.js';
import type { Arguments } from '../options.js';

/** Facts by their full names. `-` and `:` cannot be in the name of a variable. */
function namedFacts(subsets: readonly Subset[], printed: Printed): Map<string, Value> {
  const facts = subsets.flatMap((subset) => Object.entries(subset.read(printed)));
  return new Map(
    facts.map(([name, fact]) => [`ansible_${name.replaceAll('-', '_')}`, markUnsafe(fromJs(fact))]),
  );
}

/** One script, whatever is gathered. What the machine says of itself is marked unsafe. */
export function gatherFacts(args: Arguments<typeof setupOptions>): Step {
  const wanted = args.gather_subset.map(plain);
  const all = allSubsets({ factFolder: pathWord(args.fact_path, 'fact_path'), seconds: args.gather_timeout });
  const subsets = chooseSubsets(wanted, all);
  const nonce = randomBytes(8).toString('hex');
  return {
    plan: {
      script: gatherScript(subsets, nonce),
      // Local facts may be programs.
      isolated: true,
      interpret(output) {
        const printed = new Printed(output.stdout.toString(), nonce);
        if (printed.section('end') === '' && output.rc !== 0)
          return failure(
            `cannot gather facts: ${output.stderr.toString().trim() || `the script ended with ${output.rc}`}`,
          );
        const globs = args.filter.map(plain);
        const gathered = filterFacts(namedFacts(subsets, printed), globs);
        const meta = new Map<string, Value>([
          ['gather_subset', fromJs(wanted)],
          ['module_setup', true],
        ]);
        return done({
          changed: false,
          gathered,
          returns: { ansible_facts: new Map([...gathered, ...filterFacts(meta, globs)]) },
        });
      },
    },
  };
}

export const setup = defineModule({
  name: 'setup',
  summary: 'Gathers facts about the machine, without Python on it.',
  checkMode: 'supported',
  options: setupOptions,
  examples: `
- setup:
    gather_subset: ['!all', network]
    filter: [ansible_default_ipv4]
`,
  returns: { ansible_facts: 'The facts, each with ansible_ in front of its name.' },
  run: (args) => gatherFacts(args),
});
