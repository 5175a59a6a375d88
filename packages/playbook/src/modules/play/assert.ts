import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { defineModule, done, ModuleError, type ModuleContext } from '../module.js';

function holds(condition: Value, context: ModuleContext): boolean {
  if (typeof condition === 'boolean') return condition;
  if (!isStr(condition)) return condition !== null && condition !== 0;
  if (hasTaint(condition)) throw new ModuleError('refused: tenant data would be a condition');
  return context.jinja.evaluateCondition(plain(condition), context.scope, context.origin);
}

export const assert = defineModule({
  name: 'assert',
  summary: 'Fails unless all conditions hold.',
  checkMode: 'supported',
  options: {
    that: { type: 'raw', required: true, help: 'Conditions, as in when.' },
    fail_msg: { type: 'raw', aliases: ['msg'], help: 'What to say when one does not hold.' },
    success_msg: { type: 'raw', help: 'What to say when all hold.' },
    quiet: { type: 'bool', default: false, help: 'Say less.' },
  },
  examples: `
- assert:
    that:
      - result.rc == 0
      - "'ready' in result.stdout"
`,
  returns: { msg: 'What was said.', assertion: 'The condition that does not hold.' },
  run(args, context) {
    const conditions = Array.isArray(args.that) ? args.that : [args.that];
    const broken = conditions.find((condition) => !holds(condition, context));
    if (broken === undefined)
      return done({ changed: false, msg: pyStr(args.success_msg ?? 'All assertions passed') });
    const said = Array.isArray(args.fail_msg)
      ? args.fail_msg.map((line) => plain(pyStr(line))).join('\n')
      : pyStr(args.fail_msg ?? 'Assertion failed');
    return done({
      changed: false,
      failed: true,
      msg: said,
      returns: { assertion: broken, evaluated_to: false },
    });
  },
});
