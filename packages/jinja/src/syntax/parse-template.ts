import { TemplateSyntaxError } from '../errors.js';
import type { ExpressionNode, StatementNode, TemplateNode } from './ast.js';
import { lexBare, lexTemplate } from './lexer.js';
import { parseExpression, parseTupleExpression } from './parse-expression.js';
import { statements } from './parse-statement.js';
import { suggestion } from '../suggestion.js';
import type { SyntaxOptions } from './token.js';
import { TokenStream } from './token-stream.js';

function print(tokens: TokenStream): StatementNode {
  const { at } = tokens.next();
  const expression = parseTupleExpression(tokens);
  tokens.expect('variable_end');
  return { kind: 'print', expression, at };
}

function statement(tokens: TokenStream, ends: readonly string[]): StatementNode {
  const { value: word, at } = tokens.expect('name');
  const rule = statements[word];
  if (rule === undefined) {
    const remedy =
      ends.length > 0
        ? `close the open block with ${ends.join(' or ')}`
        : suggestion(word, Object.keys(statements));
    throw new TemplateSyntaxError(`Encountered unknown tag '${word}'`, at, remedy);
  }
  const node = rule(tokens, body, at);
  tokens.expect('block_end');
  return node;
}

function body(tokens: TokenStream, ends: readonly string[]): StatementNode[] {
  const found: StatementNode[] = [];
  for (;;) {
    if (tokens.is('eof')) {
      if (ends.length === 0) return found;
      throw tokens.error(`Unexpected end of template, expected '${ends.join("' or '")}'`);
    }
    if (tokens.is('data')) {
      const { value: text, at } = tokens.next();
      found.push({ kind: 'data', text, at });
    } else if (tokens.is('variable_begin')) {
      found.push(print(tokens));
    } else {
      tokens.expect('block_begin');
      if (tokens.is('name', ...ends) && ends.length > 0) return found;
      found.push(statement(tokens, ends));
    }
  }
}

/** Parses a template from the offset `start` on. Throws TemplateSyntaxError. */
export function parseTemplate(source: string, options: SyntaxOptions, start = 0): TemplateNode {
  return { source, body: body(new TokenStream(lexTemplate(source, options, start)), []) };
}

/** Parses a bare expression, without delimiters. Throws TemplateSyntaxError. */
export function parseBareExpression(source: string, rawBackslashes: boolean): ExpressionNode {
  const tokens = new TokenStream(lexBare(source, rawBackslashes));
  const node = parseExpression(tokens);
  tokens.expect('eof');
  return node;
}
