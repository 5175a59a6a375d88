import type { ExpressionNode } from './ast.js';
import { parseArguments } from './parse-arguments.js';
import { parsePrimary } from './parse-primary.js';
import { parseSubscript } from './parse-subscript.js';
import type { TokenStream } from './token-stream.js';

/** How an expression ends up with its parts; handed down so that the parts' files need not import this one. */
export interface ExpressionParser {
  /** A whole expression, `a if b else c` included. */
  expression(tokens: TokenStream): ExpressionNode;
  /** An expression or, without brackets, several with commas between them: a tuple. */
  tuple(tokens: TokenStream): ExpressionNode;
  /** A literal, name or bracket with its subscripts, but without filters: the argument of a test. */
  operand(tokens: TokenStream): ExpressionNode;
}

type Level = (tokens: TokenStream) => ExpressionNode;

const parser: ExpressionParser = {
  expression,
  tuple: parseTuple,
  operand: (tokens) => postfix(tokens, parsePrimary(tokens, parser)),
};

function leftToRight(operators: readonly string[], operand: Level): Level {
  return (tokens) => {
    let left = operand(tokens);
    while (tokens.isOperator(...operators)) {
      const { value: operator, at } = tokens.next();
      left = { kind: 'binary', operator, left, right: operand(tokens), at };
    }
    return left;
  };
}

function logic(operator: 'and' | 'or', operand: Level): Level {
  return (tokens) => {
    let left = operand(tokens);
    while (tokens.is('name', operator)) {
      const { at } = tokens.next();
      left = { kind: 'logic', operator, left, right: operand(tokens), at };
    }
    return left;
  };
}

/** `-x` binds closer than any filter, subscript and call of what follows it, as in Jinja2. */
function unary(tokens: TokenStream, withFilters = true): ExpressionNode {
  const { value, at } = tokens.current;
  const isSign = tokens.isOperator('-', '+');
  if (isSign) tokens.next();
  const bare: ExpressionNode = isSign
    ? { kind: 'sign', operator: value === '-' ? '-' : '+', operand: unary(tokens, false), at }
    : parsePrimary(tokens, parser);
  const node = postfix(tokens, bare);
  return withFilters ? filters(tokens, node) : node;
}

function postfix(tokens: TokenStream, start: ExpressionNode): ExpressionNode {
  let node = start;
  for (;;) {
    if (tokens.isOperator('.', '[')) node = parseSubscript(tokens, node, parser);
    else if (tokens.isOperator('(')) node = call(tokens, node);
    else return node;
  }
}

function call(tokens: TokenStream, callee: ExpressionNode): ExpressionNode {
  const { at } = tokens.current;
  return { kind: 'call', callee, args: parseArguments(tokens, parser), at };
}

function filters(tokens: TokenStream, start: ExpressionNode): ExpressionNode {
  let node = start;
  for (;;) {
    if (tokens.isOperator('|')) node = filter(tokens, node);
    else if (tokens.is('name', 'is')) node = test(tokens, node);
    else if (tokens.isOperator('(')) node = call(tokens, node);
    else return node;
  }
}

function dottedName(tokens: TokenStream): string {
  let name = tokens.expect('name').value;
  while (tokens.skip('operator', '.')) name += `.${tokens.expect('name').value}`;
  return name;
}

function filter(tokens: TokenStream, input: ExpressionNode | null): ExpressionNode {
  const { at } = tokens.next();
  const name = dottedName(tokens);
  return { kind: 'filter', input, name, args: parseArguments(tokens, parser), at };
}

const AFTER_A_TEST = new Set(['else', 'or', 'and', 'if', 'in', 'not', 'is']);

function startsArgument(tokens: TokenStream): boolean {
  if (tokens.is('name')) return !AFTER_A_TEST.has(tokens.current.value);
  return tokens.is('string') || tokens.is('integer') || tokens.is('float') || tokens.isOperator('[', '{');
}

function test(tokens: TokenStream, input: ExpressionNode): ExpressionNode {
  const { at } = tokens.next();
  const negated = tokens.skip('name', 'not');
  const name = dottedName(tokens);
  if (tokens.is('name', 'is')) throw tokens.error('You cannot chain multiple tests with is');
  const bare = tokens.isOperator('(') || !startsArgument(tokens);
  const args = bare
    ? parseArguments(tokens, parser)
    : { positional: [parser.operand(tokens)], named: [], rest: null, options: null };
  return { kind: 'test', input, name, negated, args, at };
}

const power = leftToRight(['**'], unary);
const product = leftToRight(['*', '/', '//', '%'], power);

function concatenation(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  const items = [product(tokens)];
  while (tokens.skip('operator', '~')) items.push(product(tokens));
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : { kind: 'concat', items, at };
}

const sum = leftToRight(['+', '-'], concatenation);

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

function comparisonOperator(tokens: TokenStream): string | null {
  if (tokens.isOperator(...COMPARISONS)) return tokens.next().value;
  if (tokens.skip('name', 'in')) return 'in';
  const isNotIn =
    tokens.is('name', 'not') && tokens.following.kind === 'name' && tokens.following.value === 'in';
  if (!isNotIn) return null;
  tokens.next();
  tokens.next();
  return 'not in';
}

function comparison(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  const left = sum(tokens);
  const rest: [string, ExpressionNode][] = [];
  for (let operator = comparisonOperator(tokens); operator !== null; operator = comparisonOperator(tokens)) {
    rest.push([operator, sum(tokens)]);
  }
  return rest.length === 0 ? left : { kind: 'compare', left, rest, at };
}

function negation(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  return tokens.skip('name', 'not') ? { kind: 'not', operand: negation(tokens), at } : comparison(tokens);
}

const disjunction = logic('or', logic('and', negation));

function expression(tokens: TokenStream): ExpressionNode {
  let node = disjunction(tokens);
  while (tokens.is('name', 'if')) {
    const { at } = tokens.next();
    const condition = disjunction(tokens);
    const otherwise = tokens.skip('name', 'else') ? expression(tokens) : null;
    node = { kind: 'condition', test: condition, then: node, otherwise, at };
  }
  return node;
}

const ENDS = ['variable_end', 'block_end', 'eof'] as const;

function parseTuple(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  const first = expression(tokens);
  if (!tokens.isOperator(',')) return first;
  const items = [first];
  while (tokens.skip('operator', ',')) {
    if (ENDS.some((kind) => tokens.is(kind)) || tokens.isOperator(')')) break;
    items.push(expression(tokens));
  }
  return { kind: 'tuple', items, at };
}

/** One expression. Throws TemplateSyntaxError. */
export function parseExpression(tokens: TokenStream): ExpressionNode {
  return expression(tokens);
}

/** One expression, or several with commas between them as a tuple. Throws TemplateSyntaxError. */
export function parseTupleExpression(tokens: TokenStream): ExpressionNode {
  return parseTuple(tokens);
}

/** The disjunction of `{% for x in … if … %}`: an `if` after it belongs to the statement. */
export function parseWithoutCondition(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  const first = disjunction(tokens);
  if (!tokens.isOperator(',')) return first;
  const items = [first];
  while (tokens.skip('operator', ',')) items.push(disjunction(tokens));
  return { kind: 'tuple', items, at };
}

/** `name(args) | name …` of a filter block: filters without an input. Throws TemplateSyntaxError. */
export function parseFilterChain(tokens: TokenStream): ExpressionNode {
  const { at } = tokens.current;
  const name = dottedName(tokens);
  const first: ExpressionNode = {
    kind: 'filter',
    input: null,
    name,
    args: parseArguments(tokens, parser),
    at,
  };
  return filters(tokens, first);
}

/** Filters after a `{% set x | upper %}`; null when there are none. */
export function parseOptionalFilters(tokens: TokenStream): ExpressionNode | null {
  return tokens.isOperator('|') ? filters(tokens, filter(tokens, null)) : null;
}
