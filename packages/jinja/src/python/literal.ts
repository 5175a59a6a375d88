import { orElse } from '../or-else.js';
import { Dict } from '../dict.js';
import { readEscapes } from '../syntax/string-escapes.js';
import { PyFloat, Tuple, type Value } from '../values.js';
import { toInt } from './numbers.js';

/** A text is no literal; callers keep the text then, or say so in their own words. */
export class NoLiteral extends Error {}

export interface Dialect {
  readonly words: ReadonlyMap<string, Value>;
  readonly string: RegExp;
  readonly readString: (literal: string) => string;
  readonly tuples: boolean;
}

/** Python's `ast.literal_eval`, and JSON's words, which Ansible reads too. */
export const pythonLiterals: Dialect = {
  words: new Map<string, Value>([
    ['True', true],
    ['False', false],
    ['None', null],
    ['true', true],
    ['false', false],
    ['null', null],
  ]),
  string: /[uU]?(?:'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*")/y,
  readString: (literal) => readEscapes(literal.replace(/^[uU]/, '').slice(1, -1)),
  tuples: true,
};

/** JSON as Python's `json.loads` reads it. */
export const jsonLiterals: Dialect = {
  words: new Map<string, Value>([
    ['true', true],
    ['false', false],
    ['null', null],
    ['NaN', new PyFloat(NaN)],
    ['Infinity', new PyFloat(Infinity)],
  ]),
  string: /"(?:[^"\\]|\\[\s\S])*"/y,
  readString: (literal) => String(JSON.parse(literal)),
  tuples: false,
};

const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][-+]?\d+)?)/y;
const WORD = /-?[A-Za-z]+/y;
const MAX_DEPTH = 200;

/** Reads one literal; a class because every rule moves the same position. */
class Reader {
  private position = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly dialect: Dialect,
  ) {}

  whole(): Value {
    const items = [this.value()];
    let hasComma = false;
    // Without brackets, values with commas between them are a tuple too.
    while (this.dialect.tuples && this.skip(',')) {
      hasComma = true;
      this.blanks();
      if (this.position < this.source.length) items.push(this.value());
    }
    this.blanks();
    if (this.position < this.source.length) this.fail();
    const [first = null] = items;
    return hasComma ? new Tuple(items) : first;
  }

  private fail(): never {
    throw new NoLiteral(
      `unexpected '${this.source.slice(this.position, this.position + 10)}' at ${this.position}`,
    );
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private blanks(): void {
    this.match(this.dialect.tuples ? /(?:[ \t\r\n]|#[^\n]*)*/y : /[ \t\r\n]*/y);
  }

  private skip(character: string): boolean {
    this.blanks();
    const found = this.source.startsWith(character, this.position);
    if (found) this.position += character.length;
    return found;
  }

  private value(): Value {
    this.blanks();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.fail();
    const value = orElse(this.container(), () => this.text() ?? this.number() ?? this.word());
    this.depth -= 1;
    return value;
  }

  private container(): Value | undefined {
    if (this.skip('[')) return this.items(']').items;
    if (this.skip('{')) return new Dict(this.sequence('}', () => this.entry()).items);
    if (!this.dialect.tuples || !this.skip('(')) return undefined;
    const { items, hasComma } = this.items(')');
    return items.length === 1 && !hasComma ? items[0] : new Tuple(items);
  }

  private items(close: string): { items: Value[]; hasComma: boolean } {
    return this.sequence(close, () => this.value());
  }

  private entry(): [Value, Value] {
    const key = this.value();
    if (!this.skip(':')) this.fail();
    return [key, this.value()];
  }

  private sequence<T>(close: string, item: () => T): { items: T[]; hasComma: boolean } {
    const items: T[] = [];
    let hasComma = false;
    while (!this.skip(close)) {
      if (items.length > 0 && !hasComma) this.fail();
      items.push(item());
      hasComma = this.skip(',');
    }
    return { items, hasComma };
  }

  private text(): string | undefined {
    let found = this.match(this.dialect.string);
    if (found === undefined) return undefined;
    let text = '';
    while (found !== undefined) {
      text += this.dialect.readString(found);
      if (!this.dialect.tuples) return text;
      this.blanks();
      found = this.match(this.dialect.string);
    }
    return text;
  }

  private number(): Value | undefined {
    const found = this.match(NUMBER);
    if (found === undefined) return undefined;
    const digits = found.replaceAll('_', '');
    // Python and JSON refuse 0644, so that a mode stays the text that it is.
    if (/^[-+]?0\d*[1-9]\d*$/.test(digits)) this.fail();
    if (/^[-+]?0[xob]/i.test(digits))
      return toInt(digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', '')));
    if (/^[-+]?\d+$/.test(digits)) return toInt(BigInt(digits.replace('+', '')));
    return new PyFloat(Number(digits));
  }

  private word(): Value {
    const found = this.match(WORD) ?? this.fail();
    const value = this.dialect.words.get(found);
    if (value !== undefined) return value;
    return found === '-Infinity' && !this.dialect.tuples ? new PyFloat(-Infinity) : this.fail();
  }
}

/** The value a literal stands for. Throws NoLiteral when the text is something else. */
export function parseLiteral(source: string, dialect: Dialect): Value {
  try {
    return new Reader(source, dialect).whole();
  } catch (error) {
    throw error instanceof SyntaxError ? new NoLiteral(error.message) : error;
  }
}
