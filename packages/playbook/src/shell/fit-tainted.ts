import { spansOf, type Str } from '@tenon/jinja/values';
import { checkCommands } from './command-rules.js';
import { ShellScanner } from './scanner.js';

/**
 * Our own echo, for calls that print tenant data: dash's echo reads backslashes and `-n` in data. All operands,
 * joined by a blank, and a line end. A subshell, so that IFS stays what it was.
 */
const ECHO = `tenon_echo() ( IFS=' '; printf '%s\\n' "$*" ); tenon_echo_n() ( shift; IFS=' '; printf '%s' "$*" ); `;

/** Shell text with every tainted span quoted so that the shell cannot interpret it. */
export interface FittedText {
  /** Definitions that the text needs in front of it; '' when none. */
  readonly prelude: string;
  readonly text: string;
}

/**
 * Makes a `shell:` text safe to run. Trusted text comes back unchanged.
 * Throws RefusedTask where tenant data could act as a program, an option or a path: here-documents, `$( )`,
 * backquotes, `${ }`, arithmetic, eval, `sh -c`, sed and awk programs, the command's own name.
 */
export function fitTainted(text: Str): FittedText {
  const spans = spansOf(text);
  if (!spans.some((span) => span.tainted))
    return { prelude: '', text: spans.map((span) => span.text).join('') };
  const scanner = new ShellScanner();
  scanner.scan(spans);
  const echoes = checkCommands(scanner.commands);
  const output = [...scanner.output];
  for (const { word, noNewline } of echoes) {
    output.fill('', word.start, word.end);
    output[word.start] = noNewline ? 'tenon_echo_n' : 'tenon_echo';
  }
  return { prelude: echoes.length > 0 ? ECHO : '', text: output.join('') };
}
