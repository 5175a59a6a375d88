import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { ModuleError } from '../modules/module.js';
import type { Condition } from '../parse/tree.js';
import { originOf, type Templates } from './run.js';

/** Whether all conditions hold. Throws TemplateError, and ModuleError when tenant data would be a condition. */
export function conditionsHold(templates: Templates, conditions: readonly Condition[]): boolean {
  const { jinja, scope } = templates;
  return conditions.every(({ expression, at, file }) => {
    if (typeof expression === 'boolean') return expression;
    if (Array.isArray(expression))
      return conditionsHold(
        templates,
        expression.map((each) => ({ expression: each, at, file })),
      );
    if (!isStr(expression)) return expression !== 0;
    if (hasTaint(expression)) throw new ModuleError('refused: tenant data would be a condition');
    return jinja.evaluateCondition(plain(expression), scope, originOf(at, file));
  });
}
