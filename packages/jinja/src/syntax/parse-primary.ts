import { toInt } from '../python/numbers.js';
import { PyFloat, type Value } from '../values.js';
import type { ExpressionNode } from './ast.js';
import type { ExpressionParser } from './parse-expression.js';
import { describe, type TokenStream } from './token-stream.js';

const CONSTANTS = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

type Rule = (tokens: TokenStream, parser: ExpressionParser) => ExpressionNode;

function name(tokens: TokenStream): ExpressionNode {
  const { value, at } = tokens.next();
  const constant = CONSTANTS.get(value);
  return constant === undefined
    ? { kind: 'name', name: value, at }
    : { kind: 'constant', value: constant, at };
}

/** Neighbouring strings are one string, as in Python. */
function string(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  let value = '';
  while (tokens.is('string')) value += tokens.next().value;
  return { kind: 'constant', value, at };
}

function integer(tokens: TokenStream): ExpressionNode {
  const { value, at } = tokens.next();
  return { kind: 'constant', value: toInt(BigInt(value.replaceAll('_', ''))), at };
}

function float(tokens: TokenStream): ExpressionNode {
  const { value, at } = tokens.next();
  return { kind: 'constant', value: new PyFloat(Number(value.replaceAll('_', ''))), at };
}

/** What stands between two brackets, with commas; a comma may follow the last. */
function sequence<T>(tokens: TokenStream, close: string, item: () => T): { items: T[]; hasComma: boolean } {
  const items: T[] = [];
  let hasComma = false;
  while (!tokens.isOperator(close)) {
    items.push(item());
    if (tokens.isOperator(close)) break;
    tokens.expect('operator', ',');
    hasComma = true;
  }
  tokens.expect('operator', close);
  return { items, hasComma };
}

const brackets: Partial<Record<string, Rule>> = {
  '(': (tokens, parser) => {
    const { at } = tokens.next();
    const { items, hasComma } = sequence(tokens, ')', () => parser.expression(tokens));
    const [first] = items;
    return first !== undefined && !hasComma ? first : { kind: 'tuple', items, at };
  },
  '[': (tokens, parser) => {
    const { at } = tokens.next();
    return { kind: 'list', items: sequence(tokens, ']', () => parser.expression(tokens)).items, at };
  },
  '{': (tokens, parser) => {
    const { at } = tokens.next();
    const { items } = sequence(tokens, '}', (): [ExpressionNode, ExpressionNode] => {
      const key = parser.expression(tokens);
      tokens.expect('operator', ':');
      return [key, parser.expression(tokens)];
    });
    return { kind: 'dict', entries: items, at };
  },
};

const rules: Partial<Record<string, Rule>> = { name, string, integer, float };

/** A literal, a name, or something in brackets. Throws TemplateSyntaxError. */
export function parsePrimary(tokens: TokenStream, parser: ExpressionParser): ExpressionNode {
  const { kind, value } = tokens.current;
  const rule = kind === 'operator' ? brackets[value] : rules[kind];
  if (rule !== undefined) return rule(tokens, parser);
  if (kind === 'variable_end' || kind === 'block_end' || kind === 'eof') {
    throw tokens.error(`Expected an expression, got '${describe(tokens.current)}'`);
  }
  throw tokens.error(`unexpected '${describe(tokens.current)}'`);
}
