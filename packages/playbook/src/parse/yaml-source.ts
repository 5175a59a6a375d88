import type { Place } from './problem.js';
import { YamlFault } from './yaml-node.js';

/** What libyaml says of a tab that indents, and what to do. */
export const TAB_HINT = 'found character that cannot start any token: a tab; indent with spaces';

/** Whether a character (or none, at the end) separates words. */
export function isBlankOrEnd(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\t' || isLineBreak(character);
}

/** Whether a line ends here: YAML 1.1 knows two breaks of Unicode, which stay what they are in a text. */
export function isLineBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\u2028' || character === '\u2029';
}

const LINE_BREAK = /[\n\u2028\u2029]/g;

/** A position in a YAML text whose lines end in `\n`, or in a line break of Unicode. */
export class YamlSource {
  index = 0;
  /** From 0. */
  line = 0;
  private lineStart = 0;

  constructor(readonly text: string) {}

  /** From 0. */
  get column(): number {
    return this.index - this.lineStart;
  }

  get place(): Place {
    return { line: this.line + 1, column: this.column + 1 };
  }

  get isAtEnd(): boolean {
    return this.index >= this.text.length;
  }

  /** The character at the position, or behind it; undefined behind the end. */
  peek(offset = 0): string | undefined {
    return this.text[this.index + offset];
  }

  /** Whether the character here, followed by a blank, is an indicator: `- `, `: `, `? `. */
  isIndicator(character: string): boolean {
    return this.text[this.index] === character && isBlankOrEnd(this.text[this.index + 1]);
  }

  get beginsBlockScalar(): boolean {
    return this.text[this.index] === '|' || this.text[this.index] === '>';
  }

  /** `---` or `...` at the beginning of a line. */
  isDocumentMark(mark: '---' | '...'): boolean {
    return (
      this.index === this.lineStart &&
      this.text.startsWith(mark, this.index) &&
      isBlankOrEnd(this.text[this.index + mark.length])
    );
  }

  /** The end of a document: a mark, or no text any more. */
  get isDocumentEnd(): boolean {
    return this.isAtEnd || this.isDocumentMark('---') || this.isDocumentMark('...');
  }

  /** Steps over a line break and gives it; '' when there is none. */
  lineBreak(): string {
    const found = this.text[this.index];
    if (found === undefined || !isLineBreak(found)) return '';
    this.index += 1;
    this.line += 1;
    this.lineStart = this.index;
    return found;
  }

  /** Steps over spaces, and over tabs when they are blanks here. */
  blanks(tabs: boolean): void {
    for (let next = this.peek(); next === ' ' || (tabs && next === '\t'); next = this.peek()) this.index += 1;
  }

  /** The column of the first tab among the blanks before the position; -1 when there is none. */
  get tabBefore(): number {
    return this.text.slice(this.lineStart, this.index).indexOf('\t');
  }

  /** To the end of the line. */
  restOfLine(): string {
    LINE_BREAK.lastIndex = this.index;
    const rest = this.text.slice(this.index, LINE_BREAK.exec(this.text)?.index);
    this.index += rest.length;
    return rest;
  }

  /**
   * Steps over blanks, comments and line breaks to what comes next; true when that is the first of its line. A tab is
   * a blank behind something, and everywhere in brackets, but no indentation.
   */
  toNext(inBrackets = false): boolean {
    let first = /^ *$/.test(this.text.slice(this.lineStart, this.index));
    for (;;) {
      this.blanks(inBrackets || !first);
      if (this.peek() === '#') this.restOfLine();
      if (this.lineBreak() === '') {
        if (first && !inBrackets && this.peek() === '\t') throw this.fault(TAB_HINT);
        return first;
      }
      first = true;
    }
  }

  /** Back to a position on the same line or one before it. */
  returnTo({ index, line, column }: { index: number; line: number; column: number }): void {
    this.index = index;
    this.line = line;
    this.lineStart = index - column;
  }

  get mark(): { index: number; line: number; column: number } {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** What is wrong here. */
  fault(message: string, at: Place = this.place): YamlFault {
    return new YamlFault(at, message);
  }
}
