/** Where a template stands: the file, and the line and column (from 1) of its first character there. */
export interface Origin {
  file?: string;
  line?: number;
  column?: number;
}

/** Where something went wrong, and in which piece of a template. */
interface Place extends Origin {
  expression?: string;
}

/**
 * Something in a template cannot be done. `problem` is the short reason in Python's or Ansible's words,
 * `message` the whole sentence with file, line, column, the expression and what to do.
 */
export class TemplateError extends Error {
  readonly code: string = 'TEMPLATE';
  file: string | undefined;
  line: number | undefined;
  column: number | undefined;
  /** The piece of the template, delimiters included, such as `{{ name }}`. */
  expression: string | undefined;
  /** The variable whose value holds the expression, when it is not the text that was asked for. */
  variable: string | undefined;

  constructor(
    readonly problem: string,
    readonly remedy = 'correct the expression',
    options?: ErrorOptions,
  ) {
    super(`cannot evaluate the template: ${problem}; ${remedy}`, options);
    this.name = new.target.name;
  }

  /**
   * Adds what is not known yet: the innermost expression is the one to correct, and the innermost place that
   * has lines is where a reader finds it.
   */
  locate(place: Place): this {
    this.expression ??= place.expression;
    if (this.line === undefined) {
      this.file = place.file;
      this.line = place.line;
      this.column = place.column;
    }
    return this.reword();
  }

  /** Says that the expression stands in a variable's value, whose file and line are not known here. */
  locateInVariable(name: string): this {
    this.variable ??= name;
    this.file = undefined;
    this.line = undefined;
    this.column = undefined;
    return this.reword();
  }

  private reword(): this {
    const piece = this.expression === undefined ? 'the template' : `\`${this.expression}\``;
    const owner = this.variable === undefined ? '' : ` in the variable '${this.variable}'`;
    const numbers = [this.line, this.column].filter((part) => part !== undefined).map(String);
    const parts = this.file === undefined ? numbers : [this.file, ...numbers];
    const where = parts.length === 0 ? '' : ` at ${this.file === undefined ? 'line ' : ''}${parts.join(':')}`;
    this.message = `cannot evaluate ${piece}${owner}${where}: ${this.problem}; ${this.remedy}`;
    return this;
  }
}

/** A name, attribute or element that does not exist was used. */
export class UndefinedError extends TemplateError {
  override readonly code: string = 'UNDEFINED';
}

/** The template is not Jinja2. */
export class TemplateSyntaxError extends TemplateError {
  override readonly code: string = 'SYNTAX';

  constructor(
    problem: string,
    /** Where in the template, in UTF-16 units. */
    readonly offset: number,
    remedy = 'correct the template',
  ) {
    super(problem, remedy);
  }
}

/** A lookup failed, or there is none of that name. */
export class LookupError extends TemplateError {
  override readonly code: string = 'LOOKUP';
}

/** There is no template of that name. */
export class MissingTemplateError extends TemplateError {
  override readonly code: string = 'MISSING';
}

/** A variable needs itself to be known. */
export class RecursionError extends TemplateError {
  override readonly code: string = 'RECURSION';
}

/** A value of the wrong type was given (Python: TypeError). */
export class OperandError extends TemplateError {
  override readonly code: string = 'TYPE';
}
