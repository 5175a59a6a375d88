import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { variableName } from './variable-name.js';
import { defineModule, done, ModuleError } from '../module.js';

/** `set_fact: done=yes` means a bool, because a pair on a line cannot say so (Ansible 2.14). */
function readWord(value: Value): Value {
  if (!isStr(value) || typeof value !== 'string') return value;
  if (/^(?:yes|true)$/i.test(plain(value))) return true;
  return /^(?:no|false)$/i.test(plain(value)) ? false : value;
}

export const setFact = defineModule({
  name: 'set_fact',
  summary: 'Gives variables a value for the rest of the run.',
  checkMode: 'supported',
  options: {
    cacheable: {
      type: 'bool',
      default: false,
      help: 'Keep them as facts too, which a later play sees below its variables.',
    },
  },
  open: true,
  examples: `
- set_fact:
    port: "{{ 8000 + index }}"
`,
  returns: { ansible_facts: 'The variables.' },
  run(_args, context, raw) {
    const facts = new Map<string, Value>();
    for (const [name, value] of raw) {
      if (name === 'cacheable') continue;
      facts.set(variableName(name, context), readWord(value));
    }
    if (facts.size === 0)
      throw new ModuleError(
        'No key/value pairs provided, at least one is required for this action to succeed',
      );
    const cacheable = readWord(raw.get('cacheable') ?? false) === true;
    return done({
      changed: false,
      facts,
      ...(cacheable && { gathered: facts }),
      returns: { ansible_facts: facts },
    });
  },
});
