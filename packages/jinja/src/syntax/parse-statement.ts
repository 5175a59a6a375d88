import type { MacroNode, StatementNode, TargetNode } from './ast.js';
import {
  parseExpression,
  parseFilterChain,
  parseOptionalFilters,
  parseTupleExpression,
  parseWithoutCondition,
} from './parse-expression.js';
import type { TokenStream } from './token-stream.js';

/** Reads statements up to a block that begins with one of the words, which stays unread. */
export type BodyParser = (tokens: TokenStream, ends: readonly string[]) => StatementNode[];

type Rule = (tokens: TokenStream, body: BodyParser, at: number) => StatementNode;

function singleTarget(tokens: TokenStream): TargetNode {
  if (tokens.skip('operator', '(')) {
    const inner = parseTarget(tokens);
    tokens.expect('operator', ')');
    return inner;
  }
  const name = tokens.expect('name').value;
  if (!tokens.skip('operator', '.')) return { kind: 'name', name };
  return { kind: 'member', name, member: tokens.expect('name').value };
}

function parseTarget(tokens: TokenStream): TargetNode {
  const items = [singleTarget(tokens)];
  let isTuple = false;
  while (tokens.skip('operator', ',')) {
    isTuple = true;
    if (tokens.is('name', 'in') || tokens.isOperator('=', ')')) break;
    items.push(singleTarget(tokens));
  }
  const [first] = items;
  return first !== undefined && !isTuple ? first : { kind: 'tuple', items };
}

/** Steps over the end of the opening tag, reads the body and stops inside the tag that ends it. */
function bodyUntil(tokens: TokenStream, body: BodyParser, ...ends: readonly string[]): StatementNode[] {
  tokens.expect('block_end');
  return body(tokens, ends);
}

const forLoop: Rule = (tokens, body, at) => {
  const target = parseTarget(tokens);
  tokens.expect('name', 'in');
  const iterable = parseWithoutCondition(tokens);
  const condition = tokens.skip('name', 'if') ? parseExpression(tokens) : null;
  const isRecursive = tokens.skip('name', 'recursive');
  const inner = bodyUntil(tokens, body, 'endfor', 'else');
  const otherwise = tokens.next().value === 'else' ? bodyUntil(tokens, body, 'endfor') : null;
  if (otherwise !== null) tokens.next();
  return {
    kind: 'for',
    target,
    iterable,
    condition,
    isRecursive,
    body: inner,
    otherwise: otherwise ?? [],
    at,
  };
};

const conditional: Rule = (tokens, body, at) => {
  const branches = [];
  let otherwise: StatementNode[] = [];
  let word = 'if';
  while (word === 'if' || word === 'elif') {
    const test = parseTupleExpression(tokens);
    branches.push({ test, body: bodyUntil(tokens, body, 'elif', 'else', 'endif') });
    word = tokens.next().value;
  }
  if (word === 'else') {
    otherwise = bodyUntil(tokens, body, 'endif');
    tokens.next();
  }
  return { kind: 'if', branches, otherwise, at };
};

const assignment: Rule = (tokens, body, at) => {
  const target = parseTarget(tokens);
  if (tokens.skip('operator', '=')) return { kind: 'set', target, value: parseTupleExpression(tokens), at };
  const filter = parseOptionalFilters(tokens);
  const inner = bodyUntil(tokens, body, 'endset');
  tokens.next();
  return { kind: 'setBlock', target, filter, body: inner, at };
};

const withBlock: Rule = (tokens, body, at) => {
  const bindings: [TargetNode, ReturnType<typeof parseExpression>][] = [];
  while (!tokens.is('block_end')) {
    if (bindings.length > 0) tokens.expect('operator', ',');
    const target = singleTarget(tokens);
    tokens.expect('operator', '=');
    bindings.push([target, parseExpression(tokens)]);
  }
  const inner = bodyUntil(tokens, body, 'endwith');
  tokens.next();
  return { kind: 'with', bindings, body: inner, at };
};

const filterBlock: Rule = (tokens, body, at) => {
  const filter = parseFilterChain(tokens);
  const inner = bodyUntil(tokens, body, 'endfilter');
  tokens.next();
  return { kind: 'filterBlock', filter, body: inner, at };
};

function parameters(tokens: TokenStream): MacroNode['parameters'] {
  const found: { name: string; fallback: ReturnType<typeof parseExpression> | null }[] = [];
  tokens.expect('operator', '(');
  while (!tokens.isOperator(')')) {
    if (found.length > 0) tokens.expect('operator', ',');
    const { value: name } = tokens.expect('name');
    const fallback = tokens.skip('operator', '=') ? parseExpression(tokens) : null;
    if (fallback === null && found.some((each) => each.fallback !== null)) {
      throw tokens.error('non-default argument follows default argument');
    }
    found.push({ name, fallback });
  }
  tokens.expect('operator', ')');
  return found;
}

const macro: Rule = (tokens, body, at) => {
  const { value: name } = tokens.expect('name');
  const taken = parameters(tokens);
  const inner = bodyUntil(tokens, body, 'endmacro');
  tokens.next();
  return { kind: 'macro', name, parameters: taken, body: inner, at };
};

const callBlock: Rule = (tokens, body, at) => {
  const taken = tokens.isOperator('(') ? parameters(tokens) : [];
  const call = parseExpression(tokens);
  if (call.kind !== 'call') throw tokens.error('expected call');
  const inner = bodyUntil(tokens, body, 'endcall');
  tokens.next();
  return { kind: 'callBlock', call, caller: { name: 'caller', parameters: taken, body: inner }, at };
};

const block: Rule = (tokens, body, at) => {
  const { value: name } = tokens.expect('name');
  tokens.skip('name', 'scoped');
  tokens.skip('name', 'required');
  const inner = bodyUntil(tokens, body, 'endblock');
  tokens.next();
  tokens.skip('name', name);
  return { kind: 'block', name, body: inner, at };
};

/** `with context`, `without context` or nothing. */
function context(tokens: TokenStream, fallback: boolean): boolean {
  const isWord = tokens.is('name', 'with', 'without') && tokens.following.value === 'context';
  if (!isWord) return fallback;
  const { value } = tokens.next();
  tokens.next();
  return value === 'with';
}

const include: Rule = (tokens, _body, at) => {
  const template = parseExpression(tokens);
  const ignoreMissing = tokens.skip('name', 'ignore');
  if (ignoreMissing) tokens.expect('name', 'missing');
  return { kind: 'include', template, ignoreMissing, withContext: context(tokens, true), at };
};

const importAll: Rule = (tokens, _body, at) => {
  const template = parseExpression(tokens);
  tokens.expect('name', 'as');
  const { value: target } = tokens.expect('name');
  return { kind: 'import', template, target, withContext: context(tokens, false), at };
};

const importNames: Rule = (tokens, _body, at) => {
  const template = parseExpression(tokens);
  tokens.expect('name', 'import');
  const names: [string, string][] = [];
  do {
    const { value: name } = tokens.expect('name');
    names.push([name, tokens.skip('name', 'as') ? tokens.expect('name').value : name]);
  } while (tokens.skip('operator', ','));
  return { kind: 'fromImport', template, names, withContext: context(tokens, false), at };
};

/** Nothing is escaped by itself here, so the block is only its body. */
const autoescape: Rule = (tokens, body, at) => {
  parseExpression(tokens);
  const inner = bodyUntil(tokens, body, 'endautoescape');
  tokens.next();
  return { kind: 'with', bindings: [], body: inner, at };
};

/** The statements by their first word. */
export const statements: Partial<Record<string, Rule>> = {
  autoescape,
  for: forLoop,
  if: conditional,
  set: assignment,
  with: withBlock,
  filter: filterBlock,
  macro,
  call: callBlock,
  block,
  include,
  import: importAll,
  from: importNames,
  extends: (tokens, _body, at) => ({ kind: 'extends', template: parseExpression(tokens), at }),
  do: (tokens, _body, at) => ({ kind: 'do', expression: parseTupleExpression(tokens), at }),
  break: (_tokens, _body, at) => ({ kind: 'break', at }),
  continue: (_tokens, _body, at) => ({ kind: 'continue', at }),
};
