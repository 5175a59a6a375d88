import type { ArgumentNodes, ExpressionNode } from './ast.js';
import type { ExpressionParser } from './parse-expression.js';
import type { TokenStream } from './token-stream.js';

interface Collected {
  positional: ExpressionNode[];
  named: [string, ExpressionNode][];
  rest: ExpressionNode | null;
  options: ExpressionNode | null;
}

function argument(tokens: TokenStream, into: Collected, parser: ExpressionParser): void {
  const isNamed = tokens.is('name') && tokens.following.kind === 'operator' && tokens.following.value === '=';
  if (tokens.skip('operator', '*')) {
    into.rest = parser.expression(tokens);
  } else if (tokens.skip('operator', '**')) {
    into.options = parser.expression(tokens);
  } else if (isNamed) {
    const name = tokens.next().value;
    tokens.next();
    into.named.push([name, parser.expression(tokens)]);
  } else {
    if (into.named.length > 0)
      throw tokens.error('invalid syntax for function call expression', 'put positional arguments first');
    into.positional.push(parser.expression(tokens));
  }
}

/** The arguments in brackets, or none when no bracket follows. Throws TemplateSyntaxError. */
export function parseArguments(tokens: TokenStream, parser: ExpressionParser): ArgumentNodes {
  const into: Collected = { positional: [], named: [], rest: null, options: null };
  if (!tokens.skip('operator', '(')) return into;
  while (!tokens.isOperator(')')) {
    argument(tokens, into, parser);
    if (!tokens.isOperator(')')) tokens.expect('operator', ',');
  }
  tokens.expect('operator', ')');
  return into;
}
