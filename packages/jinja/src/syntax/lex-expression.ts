import { TemplateSyntaxError } from '../errors.js';
import { readEscapes, readRaw } from './string-escapes.js';
import type { Token, TokenKind } from './token.js';

const PATTERNS: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['float', /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy],
  ['integer', /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy],
  ['name', /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy],
  ['string', /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y],
  ['operator', /\/\/|\*\*|==|!=|<=|>=|[-+*/%~[\](){}<>=.:|,;]/y],
];

const CLOSING: Partial<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function matchAt(source: string, at: number): [TokenKind | 'space', string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) return [kind, found[0]];
  }
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  const isQuote = character === "'" || character === '"';
  const problem = isQuote
    ? `the string that begins with ${character} has no end`
    : `unexpected char '${character}' at ${at}`;
  throw new TemplateSyntaxError(problem, at);
}

/** Keeps track of brackets, so that `}}` inside `{{ {'a': {}} }}` does not end the tag. */
class Brackets {
  private readonly expected: string[] = [];

  get isOpen(): boolean {
    return this.expected.length > 0;
  }

  see(operator: string, at: number): void {
    const closing = CLOSING[operator];
    if (closing !== undefined) this.expected.push(closing);
    else if (operator === ')' || operator === ']' || operator === '}') this.close(operator, at);
  }

  private close(operator: string, at: number): void {
    const expected = this.expected.pop();
    if (expected === operator) return;
    throw new TemplateSyntaxError(
      expected === undefined
        ? `unexpected '${operator}'`
        : `unexpected '${operator}', expected '${expected}'`,
      at,
    );
  }
}

function decode(kind: TokenKind, text: string, rawBackslashes: boolean): string {
  if (kind !== 'string') return text;
  const body = text.slice(1, -1);
  return rawBackslashes ? readRaw(body, text.slice(0, 1)) : readEscapes(body);
}

/** A tag that was read: its tokens, what closed it, and where the template goes on. */
interface LexedTag {
  readonly tokens: Token[];
  readonly end: string;
  readonly next: number;
}

/**
 * Reads the expression tokens of one tag from `from` up to whichever of `ends` comes first outside of
 * brackets. With no ends the whole rest is one expression. Throws TemplateSyntaxError.
 */
export function lexExpression(
  source: string,
  from: number,
  options: { ends: readonly string[]; rawBackslashes: boolean },
): LexedTag {
  const tokens: Token[] = [];
  const brackets = new Brackets();
  let at = from;
  while (at < source.length) {
    const end = brackets.isOpen ? undefined : options.ends.find((each) => source.startsWith(each, at));
    if (end !== undefined) return { tokens, end, next: at + end.length };
    const [kind, text] = matchAt(source, at);
    if (kind === 'operator') brackets.see(text, at);
    if (kind !== 'space') tokens.push({ kind, value: decode(kind, text, options.rawBackslashes), at });
    at += text.length;
  }
  if (options.ends.length > 0)
    throw new TemplateSyntaxError(
      `unexpected end of template, expected '${options.ends.at(-1) ?? ''}'`,
      from,
    );
  return { tokens, end: '', next: at };
}
