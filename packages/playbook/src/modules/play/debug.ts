import { UndefinedError } from '@tenon/jinja/errors';
import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { defineModule, done, ModuleError, type ModuleContext } from '../module.js';

function evaluate(expression: Value, context: ModuleContext): Value {
  if (!isStr(expression)) return expression;
  if (hasTaint(expression)) throw new ModuleError('refused: tenant data would be an expression; use msg');
  try {
    // As a template, whose result is a text where a value alone would be a number (Ansible 2.14).
    return context.jinja.templateValue(`{{ ${plain(expression)} }}`, context.scope, context.origin);
  } catch (error) {
    if (error instanceof UndefinedError) return 'VARIABLE IS NOT DEFINED!';
    throw error;
  }
}

export const debug = defineModule({
  name: 'debug',
  summary: 'Shows a text or the value of an expression.',
  checkMode: 'supported',
  options: {
    msg: { type: 'raw', help: 'The text. Default: Hello world!' },
    var: { type: 'raw', help: 'An expression, without {{ }}.' },
    verbosity: { type: 'int', default: 0, help: 'Shown only at this verbosity.' },
  },
  examples: `
- debug:
    var: result.stdout_lines
`,
  returns: { msg: 'The text.' },
  run(args, context) {
    if (args.msg !== undefined && args.var !== undefined)
      throw new ModuleError("'msg' and 'var' are incompatible options");
    if (args.verbosity > context.verbosity)
      return done({
        changed: false,
        skipped: true,
        returns: { skipped_reason: 'Verbosity threshold not met.' },
      });
    if (args.var === undefined) return done({ changed: false, returns: { msg: args.msg ?? 'Hello world!' } });
    return done({ changed: false, returns: { [plain(pyStr(args.var))]: evaluate(args.var, context) } });
  },
});
