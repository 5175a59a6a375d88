import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { ModuleError } from '../modules/module.js';
import type { Condition } from '../parse/tree.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import type { Run } from './run.js';

/** Whether all conditions hold. Throws TemplateError, and ModuleError when tenant data would be a condition. */
export function conditionsHold(
  run: Run,
  conditions: readonly Condition[],
  scope: LayeredScope,
  file: string,
): boolean {
  return conditions.every(({ expression, at }) => {
    if (typeof expression === 'boolean') return expression;
    if (!isStr(expression)) return expression !== null && expression !== 0;
    if (hasTaint(expression)) throw new ModuleError('refused: tenant data would be a condition');
    return run.jinja.evaluateCondition(plain(expression), scope, run.origin(at, file));
  });
}
