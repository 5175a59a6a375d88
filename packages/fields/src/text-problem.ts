import type { LongTextField, SecretField, TextField } from './field.js';

/** A surrogate without its other half: JavaScript can hold it, UTF-8 and so PostgreSQL and files cannot. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Says what is wrong with a text, or null. Length is counted in Unicode code points, so an emoji counts once,
 * as it does in the original's database.
 */
export function textProblem(field: TextField | LongTextField | SecretField, value: string): string | null {
  const text = field.kind === 'text' && field.trim === false ? value : value.trim();
  if (text.includes('\u0000')) return 'The null character (U+0000) cannot be stored; remove it.';
  if (LONE_SURROGATE.test(text)) return 'This text holds half a character (a lone surrogate); remove it.';
  if (field.kind === 'secret') return null;
  const length = Array.from(text).length;
  if (length > field.maxLength)
    return `Ensure this value has at most ${field.maxLength} characters (it has ${length}).`;
  if (field.kind === 'text' && field.pattern && !field.pattern.expression.test(text))
    return field.pattern.message;
  return null;
}
