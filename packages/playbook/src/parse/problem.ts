/** Where a node of a YAML file begins, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong in a playbook and how to put it right. */
export interface ParseProblem extends Place {
  readonly file: string;
  /** One sentence with a remedy. */
  readonly message: string;
  /** The line of the file and a caret below the column. */
  readonly excerpt: string;
}

/** A playbook that cannot be run. Holds every problem found, not the first one. */
export class PlaybookError extends Error {
  constructor(readonly problems: readonly ParseProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'PlaybookError';
  }
}

/** `file:line:column: message`, the line and a caret. */
export function describeProblem(problem: ParseProblem): string {
  const head = `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
  return problem.excerpt === '' ? head : `${head}\n${problem.excerpt}`;
}

/** Collects what is wrong in one file and those that it imports, so that one attempt shows all of it. */
export class Problems {
  readonly errors: ParseProblem[];
  /** Old spellings that still work. */
  readonly deprecations: ParseProblem[];
  readonly warnings: ParseProblem[];
  private readonly lines: readonly string[];

  /** `first`: the problems of the file that has led to this one; both go into the same lists. */
  constructor(
    readonly file: string,
    text: string,
    first?: Problems,
  ) {
    this.lines = text.split('\n');
    this.errors = first?.errors ?? [];
    this.deprecations = first?.deprecations ?? [];
    this.warnings = first?.warnings ?? [];
  }

  error(at: Place, message: string): void {
    this.errors.push(this.problem(at, message));
  }

  deprecation(at: Place, message: string): void {
    this.deprecations.push(this.problem(at, message));
  }

  warning(at: Place, message: string): void {
    this.warnings.push(this.problem(at, message));
  }

  private problem(at: Place, message: string): ParseProblem {
    const line = this.lines[at.line - 1] ?? '';
    const excerpt = line.trim() === '' ? '' : `  ${line}\n  ${' '.repeat(at.column - 1)}^`;
    return { file: this.file, line: at.line, column: at.column, message, excerpt };
  }
}
