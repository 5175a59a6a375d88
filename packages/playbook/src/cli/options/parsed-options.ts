import { UsageError } from './option.js';

/** The options of a command line by their names (`inventory`, `extra-vars`) and what is no option. */
export class ParsedOptions {
  private readonly given = new Map<string, string[]>();
  readonly positionals: string[] = [];

  add(name: string, value: string): void {
    this.given.set(name, [...this.list(name), value]);
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  count(name: string): number {
    return this.list(name).length;
  }

  list(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }

  /** The last one that was given. */
  text(name: string): string | undefined {
    return this.list(name).at(-1);
  }

  /** Throws UsageError for what is no whole number. */
  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^\s*[-+]?\d+\s*$/.test(text))
      throw new UsageError(`argument --${name}: invalid int value: '${text}'`);
    return Number(text);
  }
}
