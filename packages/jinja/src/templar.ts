import { assertDeepDefined } from './python/convert.js';
import { readBack } from './python/read-back.js';
import type { ExpressionNode, TemplateNode } from './syntax/ast.js';
import type { SyntaxOptions } from './syntax/token.js';
import { concat, hasTaint, isStr, plain, spansOf, Text, type Str } from './text.js';
import { LazyMap, omit, PyFloat, pyStr, type Value } from './values.js';

/** Whether a text can have tags at all; most do not and are not parsed. */
export function mayBeTemplate(source: string, syntax: SyntaxOptions): boolean {
  return (
    source.includes(syntax.variableStart) ||
    source.includes(syntax.blockStart) ||
    source.includes(syntax.commentStart)
  );
}

/** The expression of a template that is one `{{ … }}` and nothing else, else null. */
export function singleExpression(template: TemplateNode): ExpressionNode | null {
  const [only, ...rest] = template.body;
  return only?.kind === 'print' && rest.length === 0 ? only.expression : null;
}

function isKept(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map || typeof value === 'boolean' || value === omit;
}

/**
 * A variable's own number, boolean or None: a text of one `{{ name }}` gives it as it is. A number that comes
 * out of any other expression, or of a variable that is itself a template, becomes its text.
 */
export function asAtom(raw: Value | undefined): Value | undefined {
  const isNumber = typeof raw === 'number' || typeof raw === 'bigint' || raw instanceof PyFloat;
  return isNumber || typeof raw === 'boolean' || raw === null ? raw : undefined;
}

/**
 * What Ansible's Templar makes of the value of a template. Lists and dictionaries stay what they are: Ansible
 * prints and reads them back, which gives equal ones but would lose taint.
 */
export function finish(value: Value): Value {
  assertDeepDefined(value);
  if (value instanceof LazyMap) return value.toDict();
  if (isKept(value)) return value;
  return value === null ? '' : readBack(pyStr(value));
}

const newlinesAtEnd = (text: string): number => text.length - text.replace(/\n+$/, '').length;

/** Newlines at the end of tainted text belong to the data: they stand for none of the template's. */
function trustedNewlinesAtEnd(text: Str): number {
  const last = spansOf(text).at(-1);
  return last === undefined || last.tainted ? 0 : newlinesAtEnd(last.text);
}

/** Jinja2 drops the last newline of a template; Ansible puts back as many as the source had. */
export function restoreNewlines<T extends Value>(source: string, result: T): T | Str {
  if (!isStr(result)) return result;
  const missing = newlinesAtEnd(source) - trustedNewlinesAtEnd(result);
  if (missing <= 0) return result;
  const restored = concat([result, '\n'.repeat(missing)]);
  return result instanceof Text && result.native && !hasTaint(result)
    ? new Text([{ text: plain(restored), tainted: false }], true)
    : restored;
}
