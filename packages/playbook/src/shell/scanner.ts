import type { Span } from '@tenon/jinja/values';
import { HereDocuments } from './here-documents.js';
import { RefusedTask } from './refused-task.js';
import type { SimpleCommand } from './simple-command.js';
import { WordCollector } from './word-collector.js';

/** The nested forms in which nothing tainted may stand, as a reader knows them. */
const NESTED = { command: '$( )', parameter: '${ }', arithmetic: '$(( ))' } as const;

/** Backquotes whose end every shell sees at the same place: without quotes, comments and escapes in them. */
const PLAIN_BACKQUOTES = /^`[^`'"\\#]*`/;

/** What encloses the next character. */
type Frame = 'plain' | 'single' | 'double' | keyof typeof NESTED;

function isNested(frame: Frame): frame is keyof typeof NESTED {
  return frame in NESTED;
}

/**
 * Reads shell text (POSIX.1-2017 2.2–2.7) of which some spans are tainted, and writes the same text with every
 * tainted span quoted for the place where it stands. Only trusted characters move the state, so data cannot.
 * Throws RefusedTask where no quoting is safe.
 */
export class ShellScanner {
  readonly output: string[] = [];
  private readonly collector = new WordCollector();
  private readonly hereDocuments = new HereDocuments();
  private readonly frames: Frame[] = ['plain'];
  /** Of each enclosing `$(` and `((`: its open parentheses, and where in the text it began. */
  private readonly groups: { depth: number; readonly start: number }[] = [];
  private text = '';
  private at = 0;
  /** Tainted text follows the trusted text that is being read. */
  private taintFollows = false;
  private inComment = false;

  scan(spans: readonly Span[]): void {
    for (const [index, span] of spans.entries()) {
      if (span.tainted) this.tainted(span.text);
      else this.trusted(span.text, index < spans.length - 1);
    }
    this.collector.endCommand(this.output.length, { piped: false });
  }

  get commands(): readonly SimpleCommand[] {
    return this.collector.commands;
  }

  private get frame(): Frame {
    return this.frames.at(-1) ?? 'plain';
  }

  /** Whether words are counted: outside of every nested form. */
  private get outermost(): boolean {
    return !this.frames.some(isNested);
  }

  private tainted(text: string): void {
    if (text.includes('\0')) throw new RefusedTask('tenant data holds U+0000', 'no command can take it');
    if (this.hereDocuments.pending) this.refuseIn('a here-document');
    if (this.inComment) this.refuseIn('a comment');
    const nested = this.frames.find(isNested);
    if (nested !== undefined) this.refuseIn(NESTED[nested]);
    this.collector.word(this.output.length).add(text, true);
    const quoted = text.replaceAll("'", `'\\''`);
    // Leaving the double quotes keeps the data away from a `$` or `$NAME` that stands before it.
    const forms = { single: quoted, double: `"'${quoted}'"`, plain: `'${quoted}'` };
    this.output.push(this.frame === 'single' || this.frame === 'double' ? forms[this.frame] : forms.plain);
  }

  private refuseIn(form: string): never {
    const remedy = 'assign it to a variable first, or write it with copy';
    throw new RefusedTask(`tenant data stands in ${form}`, remedy);
  }

  private trusted(text: string, taintFollows: boolean): void {
    this.text = text;
    this.at = 0;
    this.taintFollows = taintFollows;
    while (this.at < text.length) {
      if (this.hereDocuments.reading) this.hereDocuments.read(this.take());
      else if (this.inComment) this.commentCharacter();
      else if (this.frame === 'single') this.singleQuoted();
      else this.character(text.charAt(this.at));
    }
  }

  private take(count = 1): string {
    const taken = this.text.slice(this.at, this.at + count);
    this.at += count;
    this.output.push(taken);
    return taken;
  }

  /** A character that means itself. */
  private literal(): void {
    const position = this.output.length;
    const taken = this.take();
    if (this.outermost) this.collector.word(position).add(taken, false);
  }

  private character(next: string): void {
    const { frame } = this;
    if (next === '\\') this.backslash();
    else if (next === '$') this.dollar();
    else if (next === '`') this.backquotes();
    else if (frame === 'arithmetic') this.arithmeticCharacter(next);
    else if (next === '"') this.doubleQuote();
    else if (frame === 'double') this.literal();
    else if (frame === 'parameter') this.parameterCharacter(next);
    else if (next === "'") this.openQuote('single');
    else if (frame === 'command') this.commandCharacter(next);
    else this.unquoted(next);
  }

  private openQuote(frame: 'single' | 'double'): void {
    if (this.outermost) this.collector.word(this.output.length).quoted = true;
    this.frames.push(frame);
    this.take();
  }

  private singleQuoted(): void {
    if (this.text.charAt(this.at) === "'") {
      this.frames.pop();
      this.take();
    } else this.literal();
  }

  private doubleQuote(): void {
    if (this.frame === 'double') {
      this.frames.pop();
      this.take();
    } else this.openQuote('double');
  }

  private backslash(): void {
    const escaped = this.text.charAt(this.at + 1);
    if (escaped === '' && this.taintFollows) {
      throw new RefusedTask('tenant data stands behind a backslash', 'remove the backslash');
    }
    // Backslash and line end together are nothing.
    if (escaped !== '\n' && this.outermost) this.collector.word(this.output.length).add(escaped, false);
    this.take(2);
  }

  private dollar(): void {
    const rest = this.text.slice(this.at);
    if (rest === '$' && this.taintFollows && this.frame === 'plain') {
      throw new RefusedTask('tenant data stands behind "$"', 'remove the "$"');
    }
    // dash reads $'…' as a dollar and a text, bash as one text with escapes: they disagree about its end.
    if (rest.startsWith("$'") && this.frame !== 'double') this.refuseUnclear("$' '");
    // What it expands to is trusted, but unknown here.
    if (this.outermost) this.collector.word(this.output.length).add('$', false);
    const open = /^\$(?:\(\(|\(|\{)?/.exec(rest)?.[0] ?? '$';
    if (open === '$((') this.nest('arithmetic', 2);
    if (open === '$(') this.nest('command', 1);
    if (open === '${') this.frames.push('parameter');
    this.take(open.length);
  }

  /** Shells disagree about where this form ends, so nobody can say in what state tainted text begins. */
  private refuseUnclear(form: string): never {
    throw new RefusedTask(
      `tenant data stands in a text with ${form} that shells read differently`,
      'write it in another way',
    );
  }

  private nest(frame: 'arithmetic' | 'command', depth: number): void {
    this.frames.push(frame);
    this.groups.push({ depth, start: this.at });
  }

  private backquotes(): void {
    const plain = PLAIN_BACKQUOTES.exec(this.text.slice(this.at))?.[0];
    if (plain === undefined) {
      const remedy = 'use $( ), or write the data with copy';
      throw new RefusedTask('tenant data stands in or beside backquotes', remedy);
    }
    if (this.outermost) this.collector.word(this.output.length).add('`', false);
    this.take(plain.length);
  }

  private parameterCharacter(next: string): void {
    if (next === "'" && this.frames.includes('double')) this.refuseUnclear('a quote in "${ }"');
    if (next === "'") this.frames.push('single');
    if (next === '}') this.frames.pop();
    this.take();
  }

  private arithmeticCharacter(next: string): void {
    if (next === "'" || next === '"') this.refuseUnclear('a quote in $(( ))');
    this.parenthesis(this.take());
  }

  private parenthesis(taken: string): void {
    const group = this.groups.at(-1);
    if (group === undefined) return;
    group.depth += taken === '(' ? 1 : taken === ')' ? -1 : 0;
    if (group.depth > 0) return;
    // The `)` of a case pattern looks like the end.
    if (/\bcase\b/.test(this.text.slice(group.start, this.at))) this.refuseUnclear('a "case" in $( )');
    this.groups.pop();
    this.frames.pop();
  }

  /** Inside `$( )` nothing is counted: only its end, comments and here-documents matter. */
  private commandCharacter(next: string): void {
    const before = this.text.charAt(this.at - 1);
    if (next === '#' && /[\s;&|(]/.test(before)) this.inComment = true;
    if (next === '<') this.redirection();
    else if (next === '\n') this.newline();
    else this.parenthesis(this.take());
  }

  private unquoted(next: string): void {
    if (next === '\n') this.newline();
    else if (next === '#' && this.collector.betweenWords) {
      this.inComment = true;
      this.take();
    } else if (next === '<' || next === '>') this.redirection();
    else if (/\s/.test(next)) {
      this.collector.endWord(this.output.length);
      this.take();
    } else if (';&|()'.includes(next)) this.separator(next);
    else this.literal();
  }

  private separator(next: string): void {
    const doubled = this.text.charAt(this.at + 1) === next;
    this.collector.endCommand(this.output.length, { piped: next === '|' && !doubled });
    // `(( … ))` of bash evaluates what it finds in variables and texts; nothing tainted may stand in it.
    if (next === '(' && doubled) this.nest('arithmetic', 2);
    this.take(doubled && next !== ')' ? 2 : 1);
  }

  private redirection(): void {
    const operator = /^(?:<<-|<<<|<<|<>|<&|<|>>|>&|>\||>)/.exec(this.text.slice(this.at))?.[0] ?? '<';
    if (this.outermost) {
      this.collector.dropDescriptor();
      this.collector.endWord(this.output.length);
    }
    this.take(operator.length);
    if (operator === '<<' || operator === '<<-') {
      this.take(this.hereDocuments.announce(this.text.slice(this.at), { stripTabs: operator === '<<-' }));
    } else if (this.text.charAt(this.at) === '(') {
      // Process substitution of bash.
      this.nest('command', 1);
      this.take();
    } else if (this.outermost) {
      this.collector.expect(operator === '<<<' ? 'word' : operator.endsWith('&') ? 'descriptor' : 'target');
    }
  }

  private newline(): void {
    this.take();
    if (this.outermost) this.collector.endCommand(this.output.length, { piped: false });
    this.hereDocuments.endLine();
  }

  private commentCharacter(): void {
    if (this.text.charAt(this.at) === '\n') {
      this.inComment = false;
      this.newline();
    } else this.take();
  }
}
