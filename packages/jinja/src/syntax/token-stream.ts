import { TemplateSyntaxError } from '../errors.js';
import type { Token, TokenKind } from './token.js';

const WORDS: Partial<Record<TokenKind, string>> = {
  variable_end: 'end of print statement',
  block_end: 'end of statement block',
  eof: 'end of template',
  data: 'template data',
};

/** A token in the words of Jinja2's error texts. */
export function describe(token: Token): string {
  return WORDS[token.kind] ?? (token.kind === 'operator' || token.kind === 'name' ? token.value : token.kind);
}

/** Tokens with a place to read on. */
export class TokenStream {
  private position = 0;
  private readonly end: Token;

  constructor(private readonly tokens: readonly Token[]) {
    this.end = tokens.at(-1) ?? { kind: 'eof', value: '', at: 0 };
  }

  get current(): Token {
    return this.tokens[this.position] ?? this.end;
  }

  /** The token after the current one. */
  get following(): Token {
    return this.tokens[this.position + 1] ?? this.end;
  }

  next(): Token {
    const token = this.current;
    this.position += 1;
    return token;
  }

  is(kind: TokenKind, ...values: readonly string[]): boolean {
    return this.current.kind === kind && (values.length === 0 || values.includes(this.current.value));
  }

  isOperator(...values: readonly string[]): boolean {
    return this.is('operator', ...values);
  }

  /** Steps over the token when it is this one. */
  skip(kind: TokenKind, value: string): boolean {
    const found = this.is(kind, value);
    if (found) this.position += 1;
    return found;
  }

  /** The token, stepped over. Throws TemplateSyntaxError when it is another. */
  expect(kind: TokenKind, value?: string): Token {
    if (value === undefined ? this.is(kind) : this.is(kind, value)) return this.next();
    throw this.error(`expected token '${value ?? WORDS[kind] ?? kind}', got '${describe(this.current)}'`);
  }

  error(problem: string, remedy?: string): TemplateSyntaxError {
    return new TemplateSyntaxError(problem, this.current.at, remedy);
  }
}
