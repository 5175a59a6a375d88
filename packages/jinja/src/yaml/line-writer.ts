const ESCAPES: Partial<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

const READABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u;

function escaped(character: string): string {
  const named = ESCAPES[character];
  if (named !== undefined) return `\\${named}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Writes YAML tokens, knows the column, and folds texts that grow past the width. */
export class LineWriter {
  // Pieces, not one text: asking a long text for its last character copies it, every time.
  private readonly output: string[] = [];
  private last = ' ';
  private column = 0;
  /** Only blanks and indicators stand on the line so far, so that an indentation may follow. */
  private isIndenting = true;

  constructor(private readonly width: number) {}

  get text(): string {
    return this.output.join('');
  }

  get isPastWidth(): boolean {
    return this.column > this.width;
  }

  private put(piece: string): void {
    if (piece === '') return;
    this.output.push(piece);
    this.last = piece.charAt(piece.length - 1);
  }

  /** Text of the document; `indenting` for the `-` and `?` before a nested block. */
  write(piece: string, indenting = false): void {
    this.put(piece);
    this.column += piece.length;
    this.isIndenting = this.isIndenting && indenting;
  }

  /** A token with a blank before it, unless there is one, or the line or a bracket begins. */
  separate(piece: string, indenting = false): void {
    const needsBlank = this.column > 0 && !' \n[{'.includes(this.last);
    this.write((needsBlank ? ' ' : '') + piece, indenting);
  }

  /** Goes to a column, on the next line unless this one has nothing but indentation. */
  indent(column: number): void {
    if (!this.isIndenting || this.column > column) this.newline();
    const blanks = ' '.repeat(Math.max(0, column - this.column));
    this.put(blanks);
    this.column += blanks.length;
  }

  newline(character = '\n'): void {
    this.put(character);
    this.column = 0;
    this.isIndenting = true;
  }

  plain(text: string, fold: number | null): void {
    this.separate('');
    this.words(text, fold, 0);
  }

  single(text: string, fold: number | null): void {
    this.separate("'");
    for (const part of text.split(/([\n\u0085\u2028\u2029]+)/)) {
      if (/^[\n\u0085\u2028\u2029]/.test(part)) {
        if (part.startsWith('\n')) this.newline();
        for (const character of part) this.newline(character);
        this.indent(fold ?? 0);
      } else {
        this.words(part.replaceAll("'", "''"), fold, 1);
      }
      this.isIndenting = false;
    }
    this.write("'");
  }

  /** Words with single blanks between them; past the width such a blank becomes a new line. */
  private words(text: string, fold: number | null, edge: number): void {
    let offset = 0;
    for (const part of text.split(/( +)/)) {
      const isInside = offset >= edge && offset + part.length <= text.length - edge;
      offset += part.length;
      if (part === ' ' && fold !== null && this.isPastWidth && isInside) {
        this.isIndenting = false;
        this.indent(fold);
        this.isIndenting = false;
      } else this.write(part);
    }
  }

  /** Past the width the first of some blanks becomes a new line; a backslash keeps the ones behind it. */
  double(text: string, fold: number | null): void {
    this.separate('"');
    const characters = Array.from(text);
    for (const [index, character] of characters.entries()) {
      const isFirstBlank = character === ' ' && characters[index - 1] !== ' ';
      const mayFold = fold !== null && isFirstBlank && index > 0 && index < characters.length - 1;
      if (mayFold && this.isPastWidth) this.foldDouble(fold, characters[index + 1] === ' ');
      else this.write(READABLE.test(character) ? character : escaped(character));
    }
    this.write('"');
  }

  private foldDouble(fold: number, isBlankNext: boolean): void {
    this.isIndenting = false;
    this.indent(fold);
    this.write(isBlankNext ? '\\' : '');
    this.isIndenting = false;
  }
}
