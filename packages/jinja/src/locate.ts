import { TemplateError, TemplateSyntaxError, type Origin } from './errors.js';

/** The longest piece of a template that an error repeats. */
const MAX_EXPRESSION = 200;

/** The tag around an offset, delimiters included; a bare expression is its own piece. */
function tagAround(source: string, offset: number): string {
  const before = source.slice(0, offset + 2);
  const start = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'), before.lastIndexOf('{#'));
  const close = { '{{': '}}', '{%': '%}', '{#': '#}' }[source.slice(start, start + 2)] ?? '\n';
  const end = source.indexOf(close, Math.max(offset, start));
  const piece = source.slice(Math.max(start, 0), end === -1 ? undefined : end + close.length).trim();
  return piece.length > MAX_EXPRESSION ? `${piece.slice(0, MAX_EXPRESSION)}…` : piece;
}

/** Tells an error where in the template it happened; anything that is no TemplateError becomes one. */
export function located(error: unknown, source: string, at: number, origin: Origin): TemplateError {
  const offset = error instanceof TemplateSyntaxError ? error.offset : at;
  const lines = source.slice(0, offset).split('\n');
  const isFirst = lines.length === 1;
  const place = {
    ...origin,
    line: (origin.line ?? 1) + lines.length - 1,
    column: (lines.at(-1) ?? '').length + (isFirst ? (origin.column ?? 1) : 1),
    expression: tagAround(source, offset),
  };
  if (error instanceof TemplateError) return error.locate(place);
  const reason = error instanceof Error ? error.message : String(error);
  const problem = error instanceof RangeError ? 'it nests too deep' : reason;
  return new TemplateError(problem, 'simplify the expression', { cause: error }).locate(place);
}
