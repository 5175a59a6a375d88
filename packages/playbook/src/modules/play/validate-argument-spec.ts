import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { wrongArguments } from './argument-spec.js';
import { defineModule, done } from '../module.js';

export const validateArgumentSpec = defineModule({
  name: 'validate_argument_spec',
  summary:
    'Checks variables with a specification; runs before a role that has one (meta/argument_specs.yml).',
  checkMode: 'supported',
  options: {
    argument_spec: { type: 'dict', required: true, help: 'The specifications by name.' },
    provided_arguments: { type: 'dict', help: 'Values that win over variables.' },
    validate_args_context: { type: 'dict', help: 'What is checked, for the result.' },
  },
  examples: `
- validate_argument_spec:
    argument_spec:
      port: { type: int, required: true }
`,
  returns: { argument_errors: 'What is wrong.' },
  run(args, { jinja, scope }) {
    const given = new Map<string, Value>();
    for (const name of [...args.argument_spec.keys()].map((each) => plain(pyStr(each)))) {
      const value = scope.get(name);
      if (value !== undefined) given.set(name, jinja.templateValue(value, scope));
    }
    for (const [name, value] of args.provided_arguments ?? []) given.set(plain(pyStr(name)), value);
    const problems = wrongArguments(args.argument_spec, given);
    if (problems.length === 0) return done({ changed: false, msg: 'The arg spec validation passed' });
    return done({
      changed: false,
      failed: true,
      msg: `Validation of arguments failed:\n${problems.join('\n')}`,
      returns: { argument_errors: problems, argument_spec_data: args.argument_spec },
    });
  },
});
