import { escapeRegExp } from '../escape-regexp.js';
import { TemplateSyntaxError } from '../errors.js';
import { lexExpression } from './lex-expression.js';
import type { SyntaxOptions, Token } from './token.js';

type TagKind = 'variable' | 'block' | 'comment';

interface Opening {
  readonly kind: TagKind;
  readonly at: number;
  /** Where the content begins, after the whitespace sign. */
  readonly inside: number;
  readonly sign: string;
}

/** Cuts a whole template into tokens. */
class TemplateLexer {
  private readonly tokens: Token[] = [];
  private readonly opening: RegExp;
  private readonly kinds: ReadonlyMap<string, TagKind>;
  private position = 0;
  /** How the last tag ended: `-` eats the blanks after it, `trim` one newline. */
  private after: '' | '-' | 'trim' = '';

  constructor(
    private readonly source: string,
    private readonly options: SyntaxOptions,
    private readonly start: number,
  ) {
    this.position = start;
    const { variableStart, blockStart, commentStart } = options;
    this.kinds = new Map([
      [variableStart, 'variable'],
      [blockStart, 'block'],
      [commentStart, 'comment'],
    ]);
    const longestFirst = [...this.kinds.keys()].sort((a, b) => b.length - a.length);
    this.opening = new RegExp(`(${longestFirst.map((start) => escapeRegExp(start)).join('|')})([-+]?)`, 'g');
  }

  run(): Token[] {
    for (let tag = this.findTag(); tag !== null; tag = this.findTag()) {
      this.data(this.position, tag.at, tag);
      this.position = tag.inside;
      this[tag.kind](tag);
    }
    this.data(this.position, this.source.length, undefined);
    this.tokens.push({ kind: 'eof', value: '', at: this.source.length });
    return this.tokens;
  }

  private findTag(): Opening | null {
    this.opening.lastIndex = this.position;
    const found = this.opening.exec(this.source);
    if (found === null) return null;
    const [whole, start = '', sign = ''] = found;
    const kind = this.kinds.get(start) ?? 'variable';
    return { kind, at: found.index, inside: found.index + whole.length, sign };
  }

  /** Literal text between tags, after whitespace control on both sides. */
  private data(from: number, to: number, next: Opening | undefined): void {
    // The line end that trim_blocks takes belongs to the tag in front: the text begins a line.
    const start = this.after === 'trim' && this.source[from] === '\n' && from < to ? from + 1 : from;
    let text = this.source.slice(start, to);
    if (this.after === '-') text = text.trimStart();
    if (next?.sign === '-') text = text.trimEnd();
    else if (next !== undefined && next.kind !== 'variable' && next.sign !== '+')
      text = this.stripIndent(text, start);
    this.after = '';
    if (text !== '') this.tokens.push({ kind: 'data', value: text, at: from });
  }

  private stripIndent(text: string, from: number): string {
    if (!this.options.lstripBlocks) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    const isLineStart = lineStart > 0 || from === this.start || this.source[from - 1] === '\n';
    return isLineStart && text.slice(lineStart).trim() === '' ? text.slice(0, lineStart) : text;
  }

  private finish(end: string, closing: string, trims: boolean): void {
    this.after = end === `-${closing}` ? '-' : trims && end === closing ? 'trim' : '';
  }

  private variable(tag: Opening): void {
    const { variableEnd, rawBackslashes } = this.options;
    const ends = [`-${variableEnd}`, variableEnd];
    const { tokens, end, next } = lexExpression(this.source, tag.inside, { ends, rawBackslashes });
    this.tokens.push({ kind: 'variable_begin', value: '', at: tag.at }, ...tokens);
    this.tokens.push({ kind: 'variable_end', value: '', at: next - end.length });
    this.position = next;
    this.finish(end, variableEnd, false);
  }

  private block(tag: Opening): void {
    if (this.raw(tag)) return;
    const { blockEnd, trimBlocks } = this.options;
    const ends = [`-${blockEnd}`, `+${blockEnd}`, blockEnd];
    const { tokens, end, next } = lexExpression(this.source, tag.inside, { ends, rawBackslashes: false });
    this.tokens.push({ kind: 'block_begin', value: '', at: tag.at }, ...tokens);
    this.tokens.push({ kind: 'block_end', value: '', at: next - end.length });
    this.position = next;
    this.finish(end, blockEnd, trimBlocks);
  }

  /** `{% raw %} … {% endraw %}`: literal text. */
  private raw(tag: Opening): boolean {
    const [start, end] = [escapeRegExp(this.options.blockStart), escapeRegExp(this.options.blockEnd)];
    const open = new RegExp(`\\s*raw\\s*(-?)${end}`, 'y');
    open.lastIndex = tag.inside;
    const opened = open.exec(this.source);
    if (opened === null) return false;
    const close = new RegExp(`${start}([-+]?)\\s*endraw\\s*([-+]?${end})`, 'g');
    close.lastIndex = open.lastIndex;
    const closed = close.exec(this.source);
    if (closed === null) throw new TemplateSyntaxError("missing end of raw directive '{% endraw %}'", tag.at);
    const [whole, sign = '', ending = ''] = closed;
    // Jinja2 does not apply trim_blocks to the opening tag of a raw block.
    this.after = opened[1] === '-' ? '-' : '';
    this.data(open.lastIndex, closed.index, { kind: 'block', at: closed.index, inside: closed.index, sign });
    this.position = closed.index + whole.length;
    this.finish(ending, this.options.blockEnd, this.options.trimBlocks);
    return true;
  }

  private comment(tag: Opening): void {
    const { commentEnd, trimBlocks } = this.options;
    const close = new RegExp(`[-+]?${escapeRegExp(commentEnd)}`, 'g');
    close.lastIndex = tag.inside;
    const closed = close.exec(this.source);
    if (closed === null) throw new TemplateSyntaxError('missing end of comment tag', tag.at);
    this.position = closed.index + closed[0].length;
    this.finish(closed[0], commentEnd, trimBlocks);
  }
}

/** Cuts a template into tokens from the offset `start` on; the last one is `eof`. Throws TemplateSyntaxError. */
export function lexTemplate(source: string, options: SyntaxOptions, start: number): Token[] {
  return new TemplateLexer(source, options, start).run();
}

/** Cuts a bare expression (a `when`) into tokens; the last one is `eof`. Throws TemplateSyntaxError. */
export function lexBare(source: string, rawBackslashes: boolean): Token[] {
  const { tokens } = lexExpression(source, 0, { ends: [], rawBackslashes });
  return [...tokens, { kind: 'eof', value: '', at: source.length }];
}
