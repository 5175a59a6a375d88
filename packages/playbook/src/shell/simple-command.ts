import { fromSpans, plain, type Span, type Str } from '@tenon/jinja/text';

/** One word of a simple command, its quoting removed. */
export class Word {
  private readonly pieces: Span[] = [];
  /** Where in the output the word begins, and behind its end. */
  constructor(
    readonly start: number,
    readonly kind: 'word' | 'target' | 'descriptor',
  ) {}

  end = -1;
  /** Whether any part was in quotes: a quoted `if` is no reserved word. */
  quoted = false;

  add(text: string, tainted: boolean): void {
    this.pieces.push({ text, tainted });
  }

  get text(): Str {
    return fromSpans(this.pieces);
  }

  get characters(): string {
    return plain(this.text);
  }

  get tainted(): boolean {
    return this.pieces.some((piece) => piece.tainted);
  }

  /** Whether the first character, or an empty beginning, came from tainted text. */
  get startsTainted(): boolean {
    return this.pieces.find((piece) => piece.text !== '' || piece.tainted)?.tainted ?? false;
  }

  get isAssignment(): boolean {
    const end = this.pieces.findIndex((piece) => piece.tainted);
    const trusted = this.pieces.slice(0, end < 0 ? undefined : end);
    return /^[A-Za-z_]\w*=/.test(trusted.map((piece) => piece.text).join(''));
  }
}

/** The words between two separators, and what the separator in front of them was. */
export interface SimpleCommand {
  readonly words: Word[];
  /** Commands joined by `|` have the same number. */
  readonly pipeline: number;
}

const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'while',
  'until',
  'esac',
  '{',
  '}',
  '!',
  'time',
]);

/** The words from the command's name on: assignments, redirections and reserved words in front are left out. */
export function invocation(command: SimpleCommand): Word[] {
  const words = command.words.filter((word) => word.kind === 'word');
  const first = words.findIndex(
    (word) => !word.isAssignment && (word.quoted || word.tainted || !RESERVED.has(word.characters)),
  );
  return first < 0 ? [] : words.slice(first);
}
