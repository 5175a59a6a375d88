import { optionName, spellings, UsageError, type CliOption } from './option.js';
import { ParsedOptions } from './parsed-options.js';

/** Reads a command line the way Python's argparse does: `-Cb`, `-ix`, `-i x`, `--user=x`, unique beginnings of long options, `--`. */
class Reader {
  readonly parsed = new ParsedOptions();
  private readonly rest: string[];

  constructor(
    private readonly options: readonly CliOption[],
    words: readonly string[],
  ) {
    this.rest = [...words];
  }

  run(): ParsedOptions {
    for (let word = this.rest.shift(); word !== undefined; word = this.rest.shift()) {
      if (word === '--') this.parsed.positionals.push(...this.rest.splice(0));
      else if (word.startsWith('--')) this.long(word);
      else if (word.startsWith('-') && word.length > 1) this.short(word);
      else this.parsed.positionals.push(word);
    }
    return this.parsed;
  }

  private long(word: string): void {
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    const option = this.findLong(flag);
    if (equals < 0) this.take(option);
    else if (this.takesValue(option)) this.parsed.add(optionName(option), word.slice(equals + 1));
    else
      throw new UsageError(
        `argument ${spellings(option)}: ignored explicit argument '${word.slice(equals + 1)}'`,
      );
  }

  private findLong(flag: string): CliOption {
    const exact = this.options.find(({ flags }) => flags.includes(flag));
    if (exact !== undefined) return exact;
    const begun = this.options.flatMap((option) =>
      option.flags.filter((each) => each.startsWith(flag)).map((each) => ({ each, option })),
    );
    const [first] = begun;
    if (first === undefined) throw new UsageError(`unrecognized arguments: ${flag}`);
    if (begun.some(({ option }) => option !== first.option))
      throw new UsageError(
        `ambiguous option: ${flag} could match ${begun.map(({ each }) => each).join(', ')}`,
      );
    return first.option;
  }

  /** `-vvC` is three options; behind one that takes a value, the rest of the word is the value. */
  private short(word: string): void {
    for (let at = 1; at < word.length; at++) {
      const flag = `-${word.charAt(at)}`;
      const option = this.options.find(({ flags }) => flags.includes(flag));
      if (option === undefined) throw new UsageError(`unrecognized arguments: ${word}`);
      const rest = word.slice(at + 1);
      if (this.takesValue(option) && rest !== '') {
        this.parsed.add(optionName(option), rest.replace(/^=/, ''));
        return;
      }
      this.take(option);
    }
  }

  private takesValue({ kind }: CliOption): boolean {
    return kind === 'text' || kind === 'number' || kind === 'list';
  }

  private take(option: CliOption): void {
    if (!this.takesValue(option)) {
      this.parsed.add(optionName(option), '');
      return;
    }
    const value = this.rest[0];
    // As argparse: what looks like an option is no value, a number and a text with a blank are.
    const isOption = value?.startsWith('-') === true && value.length > 1 && !/^-\d+$|\s/.test(value);
    if (value === undefined || isOption)
      throw new UsageError(`argument ${spellings(option)}: expected one argument`);
    this.rest.shift();
    this.parsed.add(optionName(option), value);
  }
}

/** Throws UsageError with the sentence that argparse would say. */
export function parseOptions(options: readonly CliOption[], words: readonly string[]): ParsedOptions {
  return new Reader(options, words).run();
}
