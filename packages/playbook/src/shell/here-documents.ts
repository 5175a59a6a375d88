import { RefusedTask } from './refused-task.js';

interface HereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
}

/** The here-documents that a text has announced, and the one whose body is being read (POSIX.1-2017 2.7.4). */
export class HereDocuments {
  private readonly announced: HereDocument[] = [];
  private body: HereDocument | undefined;
  private line = '';

  /** Inside a body: nothing there is shell text. */
  get reading(): boolean {
    return this.body !== undefined;
  }

  get pending(): boolean {
    return this.reading || this.announced.length > 0;
  }

  /** Reads the delimiter at the start of `rest`; gives its length. */
  announce(rest: string, { stripTabs }: { stripTabs: boolean }): number {
    const match = /^[ \t]*((?:'[^']*'|"[^"]*"|\\[\s\S]|[^\s;&|<>()])+)/.exec(rest);
    if (match?.[1] === undefined)
      throw new RefusedTask('a here-document has no plain delimiter', 'write <<EOF');
    this.announced.push({ delimiter: match[1].replaceAll(/\\([\s\S])|['"]/g, '$1'), stripTabs });
    return match[0].length;
  }

  /** A line of shell text has ended: the next body begins. */
  endLine(): void {
    this.body = this.announced.shift();
    this.line = '';
  }

  /** One character of a body. */
  read(character: string): void {
    if (character !== '\n') {
      this.line += character;
      return;
    }
    const line = this.body?.stripTabs === true ? this.line.replace(/^\t+/, '') : this.line;
    if (line === this.body?.delimiter) this.body = this.announced.shift();
    this.line = '';
  }
}
