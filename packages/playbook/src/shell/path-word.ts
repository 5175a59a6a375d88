import { spansOf, type Str } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import { quote } from './quote.js';

const VARIABLE = /\$(?:(\w+)|\{(\w+)\})/g;

/** `$NAME` and `${NAME}` become the machine's variables; an unknown one stays as written (Python's expandvars). */
function expandable(text: string): string {
  let result = '';
  let last = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const name = match[1] ?? match[2] ?? '';
    if (/^\d/.test(name)) continue;
    result += quoteOrNothing(text.slice(last, match.index)) + `"\${${name}-${match[0].replace('$', '\\$')}}"`;
    last = match.index + match[0].length;
  }
  return result + quoteOrNothing(text.slice(last));
}

function quoteOrNothing(text: string): string {
  return text === '' ? '' : quote(text);
}

/**
 * A word in which `~` at the start and `$NAME` are expanded on the machine, in the playbook's own text only.
 */
export function expandingWord(text: Str): string {
  let word = '';
  for (const [index, span] of spansOf(text).entries()) {
    const home = index === 0 && !span.tainted ? (/^~[\w.-]*(?=\/|$)/.exec(span.text)?.[0] ?? '') : '';
    word += span.tainted ? quote(span.text) : home + expandable(span.text.slice(home.length));
  }
  return word === '' ? "''" : word;
}

/** Refuses tenant data that would lead out of the folder in which the playbook puts it. */
export function refuseEscape(text: Str, what: string): void {
  const spans = spansOf(text);
  const whole = spans.map((span) => span.text).join('');
  if (!spans.some((span) => span.tainted)) return;
  const outside = spans.some((span) => span.tainted && /[/\0]/.test(span.text));
  // A part that is "." or ".." and that the playbook did not write alone.
  const trusted = spans.map((span) => (span.tainted ? 'x'.repeat(span.text.length) : span.text)).join('');
  const parts = trusted.split('/');
  const climbs = whole.split('/').some((part, index) => /^\.{0,2}$/.test(part) && part !== parts[index]);
  if (outside || climbs || whole.split('/').length !== parts.length) {
    throw new ModuleError(
      `cannot use ${what}: tenant data in a file name must not leave its folder ("/", "." and ".." are refused)`,
    );
  }
  const empty =
    spans.some((span) => span.tainted && span.text === '') && (whole === '' || whole.endsWith('/'));
  if (empty) throw new ModuleError(`cannot use ${what}: tenant data leaves the file name empty`);
}

/** A path argument as a shell word. */
export function pathWord(path: Str, what: string): string {
  refuseEscape(path, what);
  return expandingWord(path);
}

/** A path in which the playbook's own `*`, `?` and `[ ]` are matched against files on the machine. */
export function globWord(path: Str): string {
  return spansOf(path)
    .map((span, index) => {
      if (span.tainted) return quote(span.text);
      const home = index === 0 ? (/^~[\w.-]*(?=\/|$)/.exec(span.text)?.[0] ?? '') : '';
      const parts = span.text.slice(home.length).split(/([*?]|\[[^\]/]*\])/);
      return home + parts.map((part, odd) => (odd % 2 === 1 ? part : expandable(part))).join('');
    })
    .join('');
}
