import { escapeRegExp } from '@tenon/jinja/escape-regexp';
import { OperandError } from '@tenon/jinja/errors';
import { pythonRegex, type RegexOptions } from '@tenon/jinja/python/regex';
import { plain, spansOf, type Str } from '@tenon/jinja/text';
import { ModuleError } from '../module.js';

/** A text without anything that a pattern gives a meaning to, or with a backslash in front of each such character. */
const LITERAL = /^(?:[^\\.^$*+?{}[\]|()]|\\[^\w])*$/;

/**
 * A pattern of the playbook in which data of tenants and machines means itself, whatever it holds. What `regex_escape` has made
 * of it stays as it is.
 */
export function patternOf(text: Str): string {
  return spansOf(text)
    .map((span) => (span.tainted && !LITERAL.test(span.text) ? escapeRegExp(span.text) : span.text))
    .join('');
}

/** A replacement of the playbook, in which the backslashes of tainted data are no group references. */
export function replacementOf(text: Str): string {
  return spansOf(text)
    .map((span) => (span.tainted ? span.text.replaceAll('\\', '\\\\') : span.text))
    .join('');
}

/** Compiles a pattern of Python's `re`. Throws ModuleError for one that is wrong. */
export function compilePattern(text: Str, what: string, options: RegexOptions = {}): RegExp {
  return compileText(patternOf(text), what, options);
}

/** UTF-8 as one character a byte: what Python's patterns for bytes see. */
export function bytesText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Compiles a pattern for bytes (bytesText), as lineinfile and blockinfile do. */
export function compileBytes(text: Str, what: string): RegExp {
  return compileText(bytesText(patternOf(text)), what, { ascii: true }, plain(text));
}

function compileText(pattern: string, what: string, options: RegexOptions, shown = pattern): RegExp {
  try {
    return pythonRegex(pattern, options);
  } catch (error) {
    if (!(error instanceof OperandError)) throw error;
    throw new ModuleError(`cannot use ${what} ${JSON.stringify(shown)}: ${error.problem}; ${error.remedy}`);
  }
}

/** Whether a pattern is found in a text. */
export function found(regex: RegExp, text: string): boolean {
  regex.lastIndex = 0;
  return regex.test(text);
}
