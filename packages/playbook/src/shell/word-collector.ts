import { Word, type SimpleCommand } from './simple-command.js';

/** Builds the simple commands of a shell text while a scanner reads it. Positions are indexes into the scanner's output. */
export class WordCollector {
  readonly commands: SimpleCommand[] = [];
  private command: SimpleCommand = { words: [], pipeline: 0 };
  private current: Word | undefined;
  private nextKind: Word['kind'] = 'word';
  private pipelines = 0;

  get betweenWords(): boolean {
    return this.current === undefined;
  }

  /** The word that is being read, begun when there is none. */
  word(position: number): Word {
    if (this.current === undefined) {
      this.current = new Word(position, this.nextKind);
      this.nextKind = 'word';
      this.command.words.push(this.current);
    }
    return this.current;
  }

  /** What the word behind a redirection is. */
  expect(kind: Word['kind']): void {
    this.nextKind = kind;
  }

  endWord(position: number): void {
    if (this.current !== undefined) this.current.end = position;
    this.current = undefined;
  }

  endCommand(position: number, { piped }: { piped: boolean }): void {
    this.endWord(position);
    this.nextKind = 'word';
    if (this.command.words.length > 0) this.commands.push(this.command);
    if (!piped) this.pipelines++;
    this.command = { words: [], pipeline: this.pipelines };
  }

  /** The `2` of `2>` is no operand. */
  dropDescriptor(): void {
    const { current } = this;
    if (current === undefined || current.tainted || current.quoted || !/^\d+$/.test(current.characters))
      return;
    this.command.words.pop();
    this.current = undefined;
  }
}
