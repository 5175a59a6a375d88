import type { ExpressionNode } from './ast.js';
import type { ExpressionParser } from './parse-expression.js';
import type { TokenStream } from './token-stream.js';

function optional(tokens: TokenStream, parser: ExpressionParser): ExpressionNode | null {
  return tokens.isOperator(':', ']', ',') ? null : parser.expression(tokens);
}

function inBrackets(tokens: TokenStream, object: ExpressionNode, parser: ExpressionParser): ExpressionNode {
  const { at } = tokens.next();
  const start = optional(tokens, parser);
  if (!tokens.skip('operator', ':')) {
    const key = start ?? parser.expression(tokens);
    tokens.expect('operator', ']');
    return { kind: 'item', object, key, at };
  }
  const stop = optional(tokens, parser);
  const step = tokens.skip('operator', ':') ? optional(tokens, parser) : null;
  tokens.expect('operator', ']');
  return { kind: 'slice', object, start, stop, step, at };
}

/** `.name`, `.0`, `[key]` or `[start:stop:step]` after an object. Throws TemplateSyntaxError. */
export function parseSubscript(
  tokens: TokenStream,
  object: ExpressionNode,
  parser: ExpressionParser,
): ExpressionNode {
  if (tokens.isOperator('[')) return inBrackets(tokens, object, parser);
  const { at } = tokens.next();
  if (tokens.is('name')) return { kind: 'attribute', object, name: tokens.next().value, at };
  const index = Number(tokens.expect('integer').value);
  return { kind: 'item', object, key: { kind: 'constant', value: index, at }, at };
}
