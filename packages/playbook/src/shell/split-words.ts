import { fromSpans, type Span, type Str } from '@tenon/jinja/text';
import { ModuleError } from '../modules/module.js';

/** Python's `shlex.split(posix=True)`, in which tainted spans never split, open or close anything. */
class WordSplitter {
  readonly words: Str[] = [];
  private word: Span[] | undefined;
  private quote = '';
  private escaped = false;

  tainted(text: string): void {
    if (this.escaped) throw new ModuleError('refused: tenant data stands behind a backslash; remove it');
    this.add({ text, tainted: true });
  }

  trusted(character: string): void {
    const { quote } = this;
    if (this.escaped) this.afterBackslash(character);
    else if (character === '\\' && quote !== "'") this.escaped = true;
    else if (quote === '' && (character === '"' || character === "'")) {
      this.quote = character;
      this.word ??= [];
    } else if (character === quote) this.quote = '';
    else if (quote === '' && /\s/.test(character)) this.endWord();
    else this.add({ text: character, tainted: false });
  }

  end(): void {
    if (this.escaped) throw new ModuleError('cannot split the command: it ends in a backslash');
    if (this.quote !== '')
      throw new ModuleError(`cannot split the command: the quote ${this.quote} is not closed`);
    this.endWord();
  }

  private afterBackslash(character: string): void {
    // In double quotes a backslash is only special before what it can escape there.
    const kept = this.quote === '"' && !'"\\'.includes(character) ? '\\' : '';
    this.escaped = false;
    this.add({ text: kept + character, tainted: false });
  }

  private add(span: Span): void {
    (this.word ??= []).push(span);
  }

  private endWord(): void {
    if (this.word !== undefined) this.words.push(fromSpans(this.word));
    this.word = undefined;
  }
}

/** The words of a command line that no shell reads. Throws ModuleError for a quote that is not closed. */
export function splitShellWords(spans: readonly Span[]): Str[] {
  const splitter = new WordSplitter();
  for (const span of spans) {
    if (span.tainted) splitter.tainted(span.text);
    else for (const character of span.text) splitter.trusted(character);
  }
  splitter.end();
  return splitter.words;
}
