/** What a token is; `end` closes a tag, `eof` the template. */
export type TokenKind =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof';

export interface Token {
  readonly kind: TokenKind;
  /** Name, operator or literal data; the decoded characters of a string; the digits of a number. */
  readonly value: string;
  /** Offset of its first character in the template. */
  readonly at: number;
}

/** How a template is cut into tokens. */
export interface SyntaxOptions {
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
  /** The first newline after a block tag is removed. Ansible's default: true. */
  readonly trimBlocks: boolean;
  /** Blanks before a block tag at the start of its line are removed. Default: false. */
  readonly lstripBlocks: boolean;
  /**
   * Backslashes in strings of `{{ }}` stay as they are, as for a task's arguments (Ansible doubles them
   * beforehand). Template files and `{% %}` read Python's escapes. Default: false.
   */
  readonly rawBackslashes: boolean;
}

/** Ansible's syntax of a template file. */
export const defaultSyntax: SyntaxOptions = {
  variableStart: '{{',
  variableEnd: '}}',
  blockStart: '{%',
  blockEnd: '%}',
  commentStart: '{#',
  commentEnd: '#}',
  trimBlocks: true,
  lstripBlocks: false,
  rawBackslashes: false,
};
