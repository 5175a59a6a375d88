/** One option of a command line. */
export interface CliOption {
  /** All spellings; the first long one names it. */
  readonly flags: readonly string[];
  /** `flag` is given or not, `count` may be repeated, the others take a value; `list` may be repeated. */
  readonly kind: 'flag' | 'count' | 'text' | 'number' | 'list';
  /** What stands for the value in the help. */
  readonly metavar?: string;
  readonly help: string;
}

/** A command line that cannot be understood: the usage and the sentence go to stderr, the exit code is 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What an option is called in ParsedOptions: its first long spelling without the dashes. */
export function optionName({ flags }: CliOption): string {
  const long = flags.find((flag) => flag.startsWith('--')) ?? flags[0] ?? '';
  return long.replace(/^-+/, '');
}

/** How the option stands in an error: `-i/--inventory`. */
export function spellings({ flags }: CliOption): string {
  return flags.join('/');
}
